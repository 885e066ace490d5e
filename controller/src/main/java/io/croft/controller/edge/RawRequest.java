package io.croft.controller.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request as it came over the wire, before anything is parsed: what a signature covers. */
public final class RawRequest {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

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
    public RawRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** A servlet's request, whose body was read before anything could parse it. */
    public static RawRequest of(HttpServletRequest request, byte[] body) {
        return new RawRequest(
                request.getMethod(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getQueryString(), ""),
                headers(request),
                body);
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new HashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        headers.putIfAbsent("host", List.of(authority(request)));
        return headers;
    }

    /** HTTP/2 has no host header, but clients sign one: the authority, with its port unless it is the scheme's own. */
    private static String authority(HttpServletRequest request) {
        var usual = request.isSecure() ? HTTPS_PORT : HTTP_PORT;
        return request.getServerPort() == usual
                ? request.getServerName()
                : request.getServerName() + ":" + request.getServerPort();
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public String query() {
        return query;
    }

    /** All values of a header joined by commas; null without the header. */
    public @Nullable String header(String name) {
        var values = headers.get(name);
        return values == null ? null : String.join(",", values);
    }

    /** A header's values; none without the header. */
    public List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    public byte[] body() {
        return body.clone();
    }
}
