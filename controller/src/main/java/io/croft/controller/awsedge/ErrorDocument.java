package io.croft.controller.awsedge;

import static java.util.Map.entry;

import io.croft.controller.awsedge.AwsService.ErrorName;
import io.croft.types.ErrorCode;
import io.croft.types.ErrorKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client reads it.
 *
 * @param status the HTTP status
 * @param code the name in the service's API
 */
record ErrorDocument(int status, String code, Content content) {
    /** Where AWS's other query services name an error, or rank its status, unlike EC2. */
    private static final Map<ErrorCode, ErrorName> AWS_QUERY_NAMES = Map.of(
            ErrorCode.AUTH_FAILURE, new ErrorName(403, "InvalidClientTokenId"),
            ErrorCode.UNAUTHORIZED_OPERATION, new ErrorName(403, "AccessDenied"),
            ErrorCode.INVALID_PARAMETER, new ErrorName(400, "ValidationError"),
            ErrorCode.INVALID_PARAMETER_VALUE, new ErrorName(400, "ValidationError"),
            ErrorCode.MISSING_PARAMETER, new ErrorName(400, "ValidationError"),
            ErrorCode.UNKNOWN_PARAMETER, new ErrorName(400, "ValidationError"),
            ErrorCode.REQUEST_LIMIT_EXCEEDED, new ErrorName(400, "Throttling"),
            ErrorCode.UNAVAILABLE, new ErrorName(503, "ServiceUnavailable"),
            ErrorCode.INTERNAL_ERROR, new ErrorName(500, "InternalFailure"));

    /** What services that speak REST-JSON call a request that does not come as far as their actions. */
    private static final Map<ErrorCode, ErrorName> REST_JSON_NAMES = Map.ofEntries(
            entry(ErrorCode.AUTH_FAILURE, new ErrorName(403, "UnrecognizedClientException")),
            entry(ErrorCode.INVALID_CLIENT_TOKEN_ID, new ErrorName(403, "UnrecognizedClientException")),
            entry(ErrorCode.MISSING_AUTHENTICATION_TOKEN, new ErrorName(403, "MissingAuthenticationTokenException")),
            entry(ErrorCode.INCOMPLETE_SIGNATURE, new ErrorName(403, "IncompleteSignatureException")),
            entry(ErrorCode.SIGNATURE_DOES_NOT_MATCH, new ErrorName(403, "InvalidSignatureException")),
            entry(ErrorCode.SIGNED_FOR_ANOTHER_REGION, new ErrorName(403, "InvalidSignatureException")),
            entry(ErrorCode.REQUEST_EXPIRED, new ErrorName(403, "InvalidSignatureException")),
            entry(ErrorCode.EXPIRED_TOKEN, new ErrorName(403, "ExpiredTokenException")),
            entry(
                    ErrorCode.UNAUTHORIZED_OPERATION,
                    new ErrorName(403, "AccessDeniedException", "UNAUTHORIZED_ACCOUNT")),
            entry(ErrorCode.INVALID_ACTION, new ErrorName(404, "UnknownOperationException")),
            entry(ErrorCode.METHOD_NOT_ALLOWED, new ErrorName(405, "UnknownOperationException")),
            entry(ErrorCode.REQUEST_ENTITY_TOO_LARGE, new ErrorName(413, "RequestEntityTooLargeException")),
            entry(
                    ErrorCode.REQUEST_LIMIT_EXCEEDED,
                    new ErrorName(400, "RequestThrottledException", "ACCOUNT_THROTTLED")));

    /**
     * Renders an error.
     *
     * @param service null when the request did not say for which it is, or it is not served
     */
    static ErrorDocument of(
            @Nullable AwsService service, ErrorForm form, ErrorCode code, String message, String requestId) {
        var name = name(service, form, code);
        return new ErrorDocument(name.status(), name.code(), form.write(name, message, sender(code.kind()), requestId));
    }

    private static ErrorName name(@Nullable AwsService service, ErrorForm form, ErrorCode code) {
        var ec2 = new ErrorName(code.status(), code.ec2Name());
        var usual = switch (form) {
            case EC2 -> ec2;
            case AWS_QUERY, JSON -> AWS_QUERY_NAMES.getOrDefault(code, ec2);
            case REST_JSON -> restJson(code);
        };
        return service == null ? usual : service.errors().getOrDefault(code, usual);
    }

    /** Services that speak it have few errors; which it is follows from its kind. */
    private static ErrorName restJson(ErrorCode code) {
        var named = REST_JSON_NAMES.get(code);
        if (named != null) {
            return named;
        }
        return switch (code.kind()) {
            case CALLER, CONFLICT -> new ErrorName(400, "ValidationException", "INVALID_PARAMETER_VALUE");
            case MISSING -> new ErrorName(404, "ResourceNotFoundException");
            case CAPACITY -> new ErrorName(402, "ServiceQuotaExceededException", "DEPENDENCY_SERVICE_QUOTA_EXCEEDED");
            case UNAVAILABLE -> new ErrorName(503, "ServiceUnavailableException");
            case INTERNAL -> new ErrorName(500, "InternalServerException");
        };
    }

    private static boolean sender(ErrorKind kind) {
        return switch (kind) {
            case CALLER, MISSING, CONFLICT -> true;
            case CAPACITY, UNAVAILABLE, INTERNAL -> false;
        };
    }
}
