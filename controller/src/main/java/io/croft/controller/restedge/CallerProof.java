package io.croft.controller.restedge;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.Authenticator;
import io.croft.controller.edge.SignatureReader;
import io.croft.controller.identity.Tokens;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Proves who sends a request: the holder of a bearer token, or of the access key that signed it. */
@Component
class CallerProof {
    private static final String BEARER = "Bearer ";
    private static final String SIGNED = "AWS4-";
    private static final String PRESIGNED = "X-Amz-Algorithm";
    private static final Set<String> SERVICES = Set.of("croft", "ec2");

    private final Tokens tokens;
    private final Authenticator authenticator;

    CallerProof(Tokens tokens, Authenticator authenticator) {
        this.tokens = tokens;
        this.authenticator = authenticator;
    }

    static boolean bearsToken(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /**
     * Proves the caller.
     *
     * @throws CloudException AuthFailure, or what is wrong with the signature
     */
    Caller of(BufferedRequest request, RestExchange exchange) {
        if (bearsToken(request)) {
            var token = request.getHeader("Authorization")
                    .substring(BEARER.length())
                    .strip();
            return tokens.authenticate(token, exchange.requestId(), request.getRemoteAddr())
                    .orElseThrow(() -> refused("The token is not valid."));
        }
        var header = request.getHeader("Authorization");
        if (header == null ? request.getParameter(PRESIGNED) == null : !header.startsWith(SIGNED)) {
            throw refused("The request needs a bearer token or a signature.");
        }
        return ofSignature(request, exchange);
    }

    private Caller ofSignature(BufferedRequest request, RestExchange exchange) {
        var raw = request.raw();
        var signature = SignatureReader.read(raw);
        exchange.claimed(signature.scope().accessKeyId());
        if (!SERVICES.contains(signature.scope().service())) {
            throw new CloudException(
                    ErrorCode.SIGNATURE_DOES_NOT_MATCH, "Credential should be scoped to the service croft or ec2.");
        }
        var key = authenticator.prove(raw, signature, Set.of());
        if (key.temporary() && (RestPaths.forOperators(request) || RestPaths.forAccessKeys(request))) {
            throw refused("A temporary key cannot be used here: it could make lasting ones.");
        }
        return key.caller(exchange.requestId(), request.getRemoteAddr());
    }

    private static CloudException refused(String why) {
        return new CloudException(ErrorCode.AUTH_FAILURE, why);
    }
}
