package io.croft.controller.awsedge.query;

import io.croft.controller.awsedge.EmptyTexts;
import io.croft.controller.awsedge.Envelope;
import io.croft.controller.awsedge.SupportedParameters;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.Parameters;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A query request taken apart: the action and its parameters, from the query string and, of a POST, from the form in its body.
 *
 * @param parameters without the action, the API's version and what belongs to a presigned signature
 */
record Form(QueryProtocol protocol, String action, Parameters parameters) implements Envelope {
    private static final Set<String> AROUND = Set.of("Action", "Version");
    private static final String SIGNING_PREFIX = "X-Amz-";
    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final String PARTS = "multipart/";
    private static final String PLAIN = "identity";

    /** How a gzip file begins. */
    private static final int GZIP_FIRST = 0x1F;

    private static final int GZIP_SECOND = 0x8B;

    /**
     * Takes {@code request} apart.
     *
     * @throws CloudException when it is no form, or names no action or several
     */
    static Form open(QueryProtocol protocol, RawRequest request) {
        var all = Parameters.parse(request.query());
        if (request.body().length > 0) {
            requireForm(request);
            all = all.and(Parameters.parse(new String(request.body(), StandardCharsets.ISO_8859_1)));
        }
        for (var name : AROUND) {
            if (all.list().stream().filter(p -> p.name().equals(name)).count() > 1) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_COMBINATION, "The parameter " + name + " is given more than once");
            }
        }
        var action = all.first("Action");
        if (action == null || action.isEmpty()) {
            throw new CloudException(
                    ErrorCode.MISSING_ACTION, "The request is missing an action or a required parameter: Action");
        }
        return new Form(
                protocol,
                action,
                new Parameters(all.list().stream()
                        .filter(p -> !AROUND.contains(p.name()) && !p.name().startsWith(SIGNING_PREFIX))
                        .toList()));
    }

    @Override
    public SdkRequest read(SdkPojo builder, SupportedParameters supported, EmptyTexts empties) {
        return (SdkRequest) new RequestDecoder(protocol, supported, empties).decode(builder, parameters);
    }

    /**
     * Does nothing unless the body cannot be a form whoever sent it: it has parts, or is compressed.
     *
     * @throws CloudException MalformedQueryString that says so
     */
    static void requireReadable(RawRequest request) {
        var type = Objects.requireNonNullElse(request.header("content-type"), "");
        if (type.toLowerCase(Locale.ROOT).startsWith(PARTS)) {
            throw noForm("The body must be " + TYPE + ", not " + type + ".");
        }
        var encoding = Objects.requireNonNullElse(request.header("content-encoding"), PLAIN);
        if (!encoding.equalsIgnoreCase(PLAIN) && request.body().length > 0) {
            throw noForm("The body is compressed (Content-Encoding: " + encoding + "), which is not supported.");
        }
        var body = request.body();
        if (body.length > 1 && (body[0] & 0xFF) == GZIP_FIRST && (body[1] & 0xFF) == GZIP_SECOND) {
            throw noForm("The body is compressed with gzip, which is not supported.");
        }
    }

    private static void requireForm(RawRequest request) {
        var type = request.header("content-type");
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith(TYPE)) {
            throw noForm("The body must be " + TYPE + ", not " + type + ".");
        }
    }

    private static CloudException noForm(String why) {
        return new CloudException(ErrorCode.MALFORMED_QUERY_STRING, why);
    }
}
