package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name and value pairs of a query string or a form, decoded, in the order they came.
 *
 * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">application/x-www-form-urlencoded</a>
 */
public record Parameters(List<Parameter> list) {
    /** More than any action takes; keeps a hostile body from becoming a large tree. */
    private static final int MOST = 20_000;

    public record Parameter(String name, String value) {}

    public Parameters {
        list = List.copyOf(list);
    }

    /**
     * Takes text apart.
     *
     * @param encoded a character per byte (ISO-8859-1)
     * @throws CloudException when an escape is broken, the bytes are not UTF-8, or a character is a NUL: no database column and no answer in XML can
     *     carry one
     */
    public static Parameters parse(String encoded) {
        var found = new ArrayList<Parameter>();
        for (var start = 0; start < encoded.length(); ) {
            var end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            if (end > start) {
                found.add(pair(encoded.substring(start, end)));
            }
            start = end + 1;
        }
        if (found.size() > MOST) {
            throw malformed("The request has too many parameters.");
        }
        return new Parameters(found);
    }

    /** The value of the first parameter of that name; null without one. */
    public @Nullable String first(String name) {
        return list.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse(null);
    }

    public Parameters and(Parameters others) {
        var all = new ArrayList<>(list);
        all.addAll(others.list);
        return new Parameters(all);
    }

    private static Parameter pair(String text) {
        var equals = text.indexOf('=');
        return equals < 0
                ? new Parameter(decode(text), "")
                : new Parameter(decode(text.substring(0, equals)), decode(text.substring(equals + 1)));
    }

    private static String decode(String text) {
        var bytes = ByteBuffer.allocate(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '+' -> bytes.put((byte) ' ');
                case '%' -> {
                    bytes.put(escaped(text, i));
                    i += 2;
                }
                default -> bytes.put((byte) c);
            }
        }
        try {
            var decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            if (decoded.indexOf('\0') >= 0) {
                throw malformed("The query string contains a NUL character.");
            }
            return decoded;
        } catch (CharacterCodingException e) {
            throw malformed("The query string is not UTF-8.");
        }
    }

    private static byte escaped(String text, int at) {
        var high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        var low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw malformed("The query string contains a broken escape.");
        }
        return (byte) (high << 4 | low);
    }

    private static CloudException malformed(String message) {
        return new CloudException(ErrorCode.MALFORMED_QUERY_STRING, message);
    }
}
