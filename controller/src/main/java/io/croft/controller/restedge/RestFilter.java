package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Failures;
import io.croft.controller.context.Rehearsal;
import io.croft.controller.edge.EdgeProperties;
import io.croft.controller.edge.RequestRecord;
import io.croft.controller.edge.Throttle;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.Authorizer;
import io.croft.controller.recovery.ServiceGate;
import io.croft.types.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * The way in: proves the caller before anything is routed or parsed, keeps dry runs from lasting, and remembers how each request ended. It stands before the framework's own
 * filters, which would read a form of any size.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class RestFilter extends OncePerRequestFilter {
    private final CallerProof proof;
    private final Authorizer authorizer;
    private final Throttle throttle;
    private final Rehearsal rehearsal;
    private final RequestRecord record;
    private final ProblemWriter problems;
    private final ServiceGate gate;
    private final int maxBody;

    /** The proof comes later: the server makes its filters before there is an entity manager. */
    RestFilter(
            @Lazy CallerProof proof,
            Authorizer authorizer,
            Throttle throttle,
            Rehearsal rehearsal,
            RequestRecord record,
            ProblemWriter problems,
            @Lazy ServiceGate gate,
            EdgeProperties properties) {
        this.proof = proof;
        this.authorizer = authorizer;
        this.throttle = throttle;
        this.rehearsal = rehearsal;
        this.record = record;
        this.problems = problems;
        this.gate = gate;
        this.maxBody = properties.maxBody();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !RestPaths.forTenants(request) && !RestPaths.forOperators(request) && !RestPaths.forMetrics(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var exchange = RestExchange.begin(request);
        response.setHeader(ProblemWriter.REQUEST_ID, exchange.requestId());
        try {
            var whole = BufferedRequest.of(request, maxBody);
            admit(whole, exchange);
            if (isDryRun(whole)) {
                rehearse(whole, response, chain, exchange);
            } else {
                chain.doFilter(whole, response);
            }
        } catch (RuntimeException e) {
            problems.write(request, response, Failures.of(e));
        } finally {
            remember(exchange);
        }
    }

    private void admit(BufferedRequest request, RestExchange exchange) {
        var caller = proof.of(request, exchange);
        exchange.proved(caller);
        throttle.admit(caller.account());
        authorizer.require(caller, access(request));
        if (!RestPaths.reads(request) && !RestPaths.forRecovery(request)) {
            gate.requireServing();
        }
    }

    private static Access access(HttpServletRequest request) {
        if (RestPaths.forOperators(request)) {
            return Access.OPERATE;
        }
        if (RestPaths.forMetrics(request)) {
            return Access.MONITOR;
        }
        if (RestPaths.forAccessKeys(request)) {
            return Access.OWN_CREDENTIALS;
        }
        return RestPaths.reads(request) ? Access.READ : Access.WRITE;
    }

    private static boolean isDryRun(HttpServletRequest request) {
        return RestPaths.forTenants(request)
                && !RestPaths.reads(request)
                && "true".equals(request.getParameter(DeclaredRequest.DRY_RUN));
    }

    /** Does all of it in a transaction that is rolled back; what would have been answered is told only when it is a refusal. */
    private void rehearse(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, RestExchange exchange)
            throws IOException {
        var shadow = new ContentCachingResponseWrapper(response);
        rehearsal.of(() -> {
            try {
                chain.doFilter(request, shadow);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
        });
        if (exchange.failure() != null) {
            shadow.copyBodyToResponse();
            return;
        }
        exchange.failed(
                new CloudException(ErrorCode.DRY_RUN_OPERATION, "Request would have succeeded, but it was a dry run."));
        response.reset();
        response.setHeader(ProblemWriter.REQUEST_ID, exchange.requestId());
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    private void remember(RestExchange exchange) {
        var failure = exchange.failure();
        if (failure == null) {
            record.succeeded(exchange.end());
        } else {
            record.refused(exchange.end(), failure, failure.code().ec2Name());
        }
    }
}
