package io.croft.controller.edge;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one text of a request that client and server both hash. */
final class CanonicalRequest {
    static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private CanonicalRequest() {}

    /**
     * Renders the text.
     *
     * @param presigned whether the signature itself is in the query and so left out
     * @param bodyHash the body's SHA-256 in hex
     */
    static String of(RawRequest request, List<String> signedHeaders, boolean presigned, String bodyHash) {
        var text = new StringBuilder()
                .append(request.method())
                .append('\n')
                .append(path(request.path()))
                .append('\n')
                .append(query(request.query(), presigned))
                .append('\n');
        for (var name : signedHeaders) {
            text.append(name).append(':').append(header(request, name)).append('\n');
        }
        return text.append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(bodyHash)
                .toString();
    }

    /** Clients sign a path that is encoded once more than what they send. */
    private static String path(String sent) {
        return sent.isEmpty() || sent.equals("/") ? "/" : encode(sent).replace("%2F", "/");
    }

    private static String header(RawRequest request, String name) {
        var values = request.values(name);
        return values.size() == 1
                ? header(values.getFirst())
                : values.stream().map(CanonicalRequest::header).collect(Collectors.joining(","));
    }

    private static String header(String value) {
        var text = value.strip();
        return text.contains("  ") ? SPACES.matcher(text).replaceAll(" ") : text;
    }

    private static String query(String query, boolean presigned) {
        return query.isEmpty() ? "" : canonical(query, presigned);
    }

    private static String canonical(String query, boolean presigned) {
        return Parameters.parse(query).list().stream()
                .filter(p -> !presigned || !p.name().equals(SIGNATURE_PARAMETER))
                .map(p -> new Parameters.Parameter(encode(p.name()), encode(p.value())))
                .sorted(Comparator.comparing(Parameters.Parameter::name).thenComparing(Parameters.Parameter::value))
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
    }

    /** Percent-encoding of RFC 3986: all but the unreserved. */
    private static String encode(String text) {
        var encoded = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
