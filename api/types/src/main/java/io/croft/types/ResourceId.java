package io.croft.types;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The id of a resource in EC2's form: a prefix that names the type, a hyphen and 17 lower-case hex digits
 * ({@code i-0123456789abcdef0}). The older form with 8 digits is accepted on input.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html">Resource IDs</a>
 */
public interface ResourceId {
    /** The whole id, prefix included. */
    String value();

    /** The type that the prefix names. */
    ResourceType type();

    /** Whether {@code value} has the shape of an id of {@code type}; says nothing about its existence. */
    static boolean wellFormed(ResourceType type, String value) {
        var hyphen = type.prefix().length();
        var digits = value.length() - hyphen - 1;
        return (digits == 8 || digits == 17)
                && value.startsWith(type.prefix())
                && value.charAt(hyphen) == '-'
                && isHex(value, hyphen + 1);
    }

    /** Not a regular expression: a page of instances has tens of thousands of ids. */
    private static boolean isHex(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns {@code value} when it has the shape of an id of {@code type}.
     *
     * @throws MalformedIdException when it has not
     */
    static String require(ResourceType type, String value) {
        if (!wellFormed(type, value)) {
            throw new MalformedIdException(type, value);
        }
        return value;
    }

    /** A new id's text: 68 random bits behind the prefix. */
    static String draw(ResourceType type, RandomGenerator random) {
        var hex = HexFormat.of();
        return type.prefix() + "-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(), 1);
    }
}
