package io.croft.types;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

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
        return value.startsWith(type.prefix() + "-")
                && Shape.HEX
                        .matcher(value.substring(type.prefix().length() + 1))
                        .matches();
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

    /** The two lengths that EC2 has used. */
    final class Shape {
        private static final Pattern HEX = Pattern.compile("[0-9a-f]{8}|[0-9a-f]{17}");

        private Shape() {}
    }
}
