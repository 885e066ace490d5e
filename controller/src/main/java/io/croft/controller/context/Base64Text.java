package io.croft.controller.context;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Base64 as people and their tools make it: in one line or wrapped at any column, with any line ends, with or without the padding at its end. AWS takes all of it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-4">RFC 4648, section 4</a>
 */
public final class Base64Text {
    private static final Pattern WHITESPACE = Pattern.compile("[ \\t\\r\\n\\f]+");

    private Base64Text() {}

    /**
     * Decodes a text.
     *
     * @throws IllegalArgumentException when anything but whitespace in it is no base64
     */
    public static byte[] decode(String text) {
        return Base64.getDecoder().decode(WHITESPACE.matcher(text).replaceAll(""));
    }

    /** The one form of these bytes: a single line with its padding. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
