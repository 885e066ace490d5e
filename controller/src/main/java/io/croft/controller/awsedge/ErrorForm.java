package io.croft.controller.awsedge;

import io.croft.controller.awsedge.AwsService.ErrorName;
import io.croft.controller.edge.RawRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The forms in which AWS's clients read an error. A client reads that of the service for which it signed, whatever is served here.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
public enum ErrorForm {
    EC2("text/xml;charset=UTF-8"),
    AWS_QUERY("text/xml;charset=UTF-8"),
    JSON("application/x-amz-json-1.1"),
    REST_JSON("application/json");

    private static final String EC2_SERVICE = "ec2";

    /** Those of AWS's query services that are served here, or that clients of EC2 use beside it; of others their headers tell. */
    private static final Set<String> OF_XML = Set.of("autoscaling", "elasticloadbalancing", "iam", "sts");

    /** The same of those that speak REST-JSON, whose requests need not say so. */
    private static final Set<String> OF_REST_JSON = Set.of("ebs");

    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^,&]*?(?:/|%2F)([a-z0-9-]+)(?:/|%2F)aws4_request", Pattern.CASE_INSENSITIVE);

    private final String contentType;

    ErrorForm(String contentType) {
        this.contentType = contentType;
    }

    /** The media type of an error. */
    public String contentType() {
        return contentType;
    }

    /** The form for whoever sent {@code request}; EC2's when it does not say for which service it is. */
    static ErrorForm of(RawRequest request) {
        return of(
                request.header("authorization"),
                request.query(),
                request.header("x-amz-target"),
                request.header("content-type"));
    }

    /** The same of a request that was not read: its headers and its query as they came. */
    static ErrorForm of(
            @Nullable String authorization,
            @Nullable String query,
            @Nullable String target,
            @Nullable String contentType) {
        var scoped = service(authorization);
        var service = scoped == null ? service(query) : scoped;
        if (EC2_SERVICE.equals(service)) {
            return EC2;
        }
        if (service != null && OF_REST_JSON.contains(service)) {
            return REST_JSON;
        }
        var json = target != null
                || (contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json"));
        if (json && (service == null || !OF_XML.contains(service))) {
            return JSON;
        }
        return service == null ? EC2 : AWS_QUERY;
    }

    private static @Nullable String service(@Nullable String text) {
        var scope = SCOPE.matcher(text == null ? "" : text);
        return scope.find() ? scope.group(1) : null;
    }

    /** An error in this form. */
    Content write(ErrorName name, String message, boolean sender, String requestId) {
        var headers = this == REST_JSON ? Map.of("x-amzn-ErrorType", name.code()) : Map.<String, String>of();
        return new Content(name.status(), contentType, headers, body(name, message, sender, requestId));
    }

    private SdkBytes body(ErrorName name, String message, boolean sender, String requestId) {
        var code = name.code();
        return switch (this) {
            case EC2 ->
                new XmlText()
                        .open("Response")
                        .open("Errors")
                        .open("Error")
                        .element("Code", code)
                        .element("Message", message)
                        .close("Error")
                        .close("Errors")
                        .element("RequestID", requestId)
                        .close("Response")
                        .bytes();
            case AWS_QUERY ->
                new XmlText()
                        .open("ErrorResponse")
                        .open("Error")
                        .element("Type", sender ? "Sender" : "Receiver")
                        .element("Code", code)
                        .element("Message", message)
                        .close("Error")
                        .element("RequestId", requestId)
                        .close("ErrorResponse")
                        .bytes();
            case JSON ->
                SdkBytes.fromUtf8String("{\"__type\":" + quoted(code) + ",\"message\":" + quoted(message) + "}");
            case REST_JSON ->
                SdkBytes.fromUtf8String("{\"Message\":" + quoted(message)
                        + (name.reason().isEmpty() ? "" : ",\"Reason\":" + quoted(name.reason())) + "}");
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || Character.isSurrogate((char) c)) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
