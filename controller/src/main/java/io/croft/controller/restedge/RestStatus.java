package io.croft.controller.restedge;

import io.croft.types.ErrorCode;
import org.springframework.http.HttpStatus;

/** The HTTP status of each error: EC2 answers 400 to most, REST says what kind of refusal it is. */
final class RestStatus {
    private static final String NOT_FOUND = "NotFound";

    private RestStatus() {}

    /**
     * The status of an error.
     *
     * @param namesResource whether the path names a resource, so that one which is not there is the path's
     */
    static HttpStatus of(ErrorCode code, boolean namesResource) {
        return switch (code) {
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
            default -> byKind(code, namesResource);
        };
    }

    private static boolean isNotFound(ErrorCode code) {
        return code == ErrorCode.PLACEMENT_GROUP_NOT_FOUND
                || code == ErrorCode.INSTANCE_TYPE_NOT_FOUND
                || code.ec2Name().endsWith(NOT_FOUND);
    }

    private static HttpStatus byKind(ErrorCode code, boolean namesResource) {
        return switch (code.kind()) {
            case CALLER -> namesResource && isNotFound(code) ? HttpStatus.NOT_FOUND : HttpStatus.valueOf(code.status());
            case CONFLICT, CAPACITY -> HttpStatus.CONFLICT;
            case UNAVAILABLE, INTERNAL -> HttpStatus.valueOf(code.status());
        };
    }
}
