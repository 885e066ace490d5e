package io.croft.controller.awsedge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it came over the wire, before anything is parsed: what a signature covers. */
final class RawRequest {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Takes the parts.
     *
     * @param path as sent, still encoded
     * @param query as sent, still encoded, without the question mark; empty without one
     * @param headers by lower-case name, values in the order they came
     */
    RawRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    /** All values of a header joined by commas; null without the header. */
    @Nullable
    String header(String name) {
        var values = headers.get(name);
        return values == null ? null : String.join(",", values);
    }

    /** A header's values; none without the header. */
    List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    byte[] body() {
        return body.clone();
    }
}
