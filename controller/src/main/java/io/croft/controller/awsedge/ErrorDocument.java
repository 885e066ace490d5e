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
record ErrorDocument(int status, String code, String body) {
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
     * Renders an error in the form of {@code service}.
     *
     * @param service null when the request did not say for which it is; EC2's form then
     */
    static ErrorDocument of(@Nullable AwsService service, ErrorCode code, String message, String requestId) {
        var ec2 = new ErrorName(code.status(), code.ec2Name());
        if (service == null) {
            return new ErrorDocument(ec2.status(), ec2.code(), ec2(ec2.code(), message, requestId));
        }
        return switch (service.protocol()) {
            case EC2_QUERY -> {
                var name = service.errors().getOrDefault(code, ec2);
                yield new ErrorDocument(name.status(), name.code(), ec2(name.code(), message, requestId));
            }
            case AWS_QUERY -> {
                var name = service.errors().getOrDefault(code, AWS_QUERY_NAMES.getOrDefault(code, ec2));
                yield new ErrorDocument(
                        name.status(), name.code(), awsQuery(name.code(), code.kind(), message, requestId));
            }
        };
    }

    private static String ec2(String code, String message, String requestId) {
        return new XmlText()
                .open("Response")
                .open("Errors")
                .open("Error")
                .element("Code", code)
                .element("Message", message)
                .close("Error")
                .close("Errors")
                .element("RequestID", requestId)
                .close("Response")
                .toString();
    }

    private static String awsQuery(String code, ErrorKind kind, String message, String requestId) {
        return new XmlText()
                .open("ErrorResponse")
                .open("Error")
                .element("Type", sender(kind) ? "Sender" : "Receiver")
                .element("Code", code)
                .element("Message", message)
                .close("Error")
                .element("RequestId", requestId)
                .close("ErrorResponse")
                .toString();
    }

    private static boolean sender(ErrorKind kind) {
        return switch (kind) {
            case CALLER, CONFLICT -> true;
            case CAPACITY, UNAVAILABLE, INTERNAL -> false;
        };
    }
}
