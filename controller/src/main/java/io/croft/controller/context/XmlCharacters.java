package io.croft.controller.context;

import io.croft.types.ErrorCode;

/**
 * The characters that a text may have to be shown by every edge: those that XML 1.0 can carry, which has no way to write most control characters, the two that are none, or half a
 * surrogate pair.
 *
 * @see <a href="https://www.w3.org/TR/xml/#charsets">Extensible Markup Language 1.0, section 2.2</a>
 */
public final class XmlCharacters {
    private XmlCharacters() {}

    /** Whether XML can carry the code point. */
    public static boolean carries(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    /**
     * Returns {@code text} when XML can carry all of it.
     *
     * @param what it is, for the message
     * @throws CloudException InvalidParameterValue that names the first character that is foreign
     */
    public static String require(String what, String text) {
        text.codePoints().filter(c -> !carries(c)).findFirst().ifPresent(c -> {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid value for %s: it has the character U+%04X, which no answer in XML could carry"
                            .formatted(what, c));
        });
        return text;
    }
}
