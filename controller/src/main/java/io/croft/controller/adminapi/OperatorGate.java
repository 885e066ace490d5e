package io.croft.controller.adminapi;

import io.croft.controller.audit.AuditEntry;
import io.croft.controller.audit.AuditTrail;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.Authorizer;
import io.croft.controller.identity.Tokens;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets only operators in, and writes what they changed or were refused into the audit trail. */
@Component
class OperatorGate implements HandlerInterceptor {
    static final String REQUEST_ID = "X-Croft-Request-Id";
    private static final String BEARER = "Bearer ";
    private static final String CALLER = OperatorGate.class.getName() + ".caller";
    private static final String OUTCOME = OperatorGate.class.getName() + ".outcome";

    private final Tokens tokens;
    private final Authorizer authorizer;
    private final AuditTrail audit;
    private final Clock clock;

    OperatorGate(Tokens tokens, Authorizer authorizer, AuditTrail audit, Clock clock) {
        this.tokens = tokens;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var requestId = UUID.randomUUID().toString();
        response.setHeader(REQUEST_ID, requestId);
        var caller = tokens.authenticate(token(request), requestId, request.getRemoteAddr())
                .orElseThrow(() -> new CloudException(ErrorCode.AUTH_FAILURE, "The token is missing or not valid."));
        request.setAttribute(CALLER, caller);
        authorizer.require(caller, Access.OPERATE);
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        var caller = (Caller) request.getAttribute(CALLER);
        var outcome = request.getAttribute(OUTCOME);
        if (!HttpMethod.GET.matches(request.getMethod()) && caller != null) {
            var action = "admin:" + request.getMethod() + " " + request.getRequestURI();
            audit.append(AuditEntry.of(
                    caller, clock.instant(), action, "", outcome == null ? AuditEntry.SUCCESS : outcome.toString()));
        }
    }

    /** The operator behind a request that came through the gate. */
    static Caller caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("a request came past the gate: " + request.getRequestURI());
    }

    /** Notes how a request failed, for the audit trail. */
    static void failed(HttpServletRequest request, ErrorCode code) {
        request.setAttribute(OUTCOME, code.ec2Name());
    }

    private static String token(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header == null || !header.startsWith(BEARER) ? "" : header.substring(BEARER.length());
    }
}
