package io.croft.controller.awsedge;

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
    private static final Map<ErrorCode, Name> AWS_QUERY_NAMES = Map.of(
            ErrorCode.AUTH_FAILURE, new Name(403, "InvalidClientTokenId"),
            ErrorCode.UNAUTHORIZED_OPERATION, new Name(403, "AccessDenied"),
            ErrorCode.INVALID_PARAMETER, new Name(400, "ValidationError"),
            ErrorCode.INVALID_PARAMETER_VALUE, new Name(400, "ValidationError"),
            ErrorCode.MISSING_PARAMETER, new Name(400, "ValidationError"),
            ErrorCode.UNKNOWN_PARAMETER, new Name(400, "ValidationError"),
            ErrorCode.REQUEST_LIMIT_EXCEEDED, new Name(400, "Throttling"),
            ErrorCode.UNAVAILABLE, new Name(503, "ServiceUnavailable"),
            ErrorCode.INTERNAL_ERROR, new Name(500, "InternalFailure"));

    private record Name(int status, String code) {}

    /**
     * Renders an error in the form of {@code service}.
     *
     * @param service null when the request did not say for which it is; EC2's form then
     */
    static ErrorDocument of(@Nullable AwsService service, ErrorCode code, String message, String requestId) {
        var protocol = service == null ? AwsService.Protocol.EC2_QUERY : service.protocol();
        return switch (protocol) {
            case EC2_QUERY -> new ErrorDocument(code.status(), code.ec2Name(), ec2(code.ec2Name(), message, requestId));
            case AWS_QUERY -> {
                var name = AWS_QUERY_NAMES.getOrDefault(code, new Name(code.status(), code.ec2Name()));
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
