package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import java.util.Collections;
import java.util.Set;
import org.springframework.http.HttpStatus;

/** The HTTP status of each error: EC2 answers 400 to most, REST says what kind of refusal it is. */
final class RestStatus {
    private RestStatus() {}

    /**
     * The status of a failure.
     *
     * @param resources what the path names: 404 says that one of these is not there, 400 that one which the body names is not
     */
    static HttpStatus of(CloudException failure, Set<String> resources) {
        return switch (failure.code()) {
            case AUTH_FAILURE,
                    MISSING_AUTHENTICATION_TOKEN,
                    INCOMPLETE_SIGNATURE,
                    SIGNATURE_DOES_NOT_MATCH,
                    SIGNED_FOR_ANOTHER_REGION,
                    INVALID_CLIENT_TOKEN_ID,
                    EXPIRED_TOKEN,
                    REQUEST_EXPIRED -> HttpStatus.UNAUTHORIZED;
            case UNAUTHORIZED_OPERATION -> HttpStatus.FORBIDDEN;
            case REQUEST_LIMIT_EXCEEDED -> HttpStatus.TOO_MANY_REQUESTS;
            default -> byKind(failure, resources);
        };
    }

    private static HttpStatus byKind(CloudException failure, Set<String> resources) {
        var code = failure.code();
        return switch (code.kind()) {
            case CALLER -> HttpStatus.valueOf(code.status());
            case MISSING -> notFound(failure, resources);
            case CONFLICT, CAPACITY -> HttpStatus.CONFLICT;
            case UNAVAILABLE, INTERNAL -> HttpStatus.valueOf(code.status());
        };
    }

    /** A failure that does not say what is missing is about the path. */
    private static HttpStatus notFound(CloudException failure, Set<String> resources) {
        if (failure.missing().isEmpty()) {
            return resources.isEmpty() ? HttpStatus.valueOf(failure.code().status()) : HttpStatus.NOT_FOUND;
        }
        return Collections.disjoint(failure.missing(), resources) ? HttpStatus.BAD_REQUEST : HttpStatus.NOT_FOUND;
    }
}
