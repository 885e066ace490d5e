package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.edge.Parameters;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A query request taken apart: the action and its parameters, from the query string and, of a POST, from the form in its body.
 *
 * @param parameters without the action, the API's version and what belongs to a presigned signature
 */
record Envelope(String action, Parameters parameters) {
    private static final Set<String> AROUND = Set.of("Action", "Version");
    private static final String SIGNING_PREFIX = "X-Amz-";
    private static final String FORM = "application/x-www-form-urlencoded";

    /**
     * Takes {@code request} apart.
     *
     * @throws CloudException when it is no form, or names no action or several
     */
    static Envelope open(RawRequest request) {
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
            throw new CloudException(ErrorCode.MISSING_PARAMETER, "The request must contain the parameter Action");
        }
        return new Envelope(
                action,
                new Parameters(all.list().stream()
                        .filter(p -> !AROUND.contains(p.name()) && !p.name().startsWith(SIGNING_PREFIX))
                        .toList()));
    }

    private static void requireForm(RawRequest request) {
        var type = request.header("content-type");
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            throw new CloudException(
                    ErrorCode.MALFORMED_QUERY_STRING, "The body must be " + FORM + ", not " + type + ".");
        }
    }
}
