package io.croft.controller.awsedge;

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

    /**
     * Renders an error.
     *
     * @param service null when the request did not say for which it is, or it is not served
     */
    static ErrorDocument of(
            @Nullable AwsService service, ErrorForm form, ErrorCode code, String message, String requestId) {
        var name = name(service, form, code);
        return new ErrorDocument(
                name.status(), name.code(), form.write(name.code(), message, sender(code.kind()), requestId));
    }

    private static ErrorName name(@Nullable AwsService service, ErrorForm form, ErrorCode code) {
        var ec2 = new ErrorName(code.status(), code.ec2Name());
        var usual = form == ErrorForm.EC2 ? ec2 : AWS_QUERY_NAMES.getOrDefault(code, ec2);
        return service == null ? usual : service.errors().getOrDefault(code, usual);
    }

    private static boolean sender(ErrorKind kind) {
        return switch (kind) {
            case CALLER, MISSING, CONFLICT -> true;
            case CAPACITY, UNAVAILABLE, INTERNAL -> false;
        };
    }
}
