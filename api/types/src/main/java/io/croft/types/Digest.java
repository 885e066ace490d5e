package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The SHA-256 of a blob's bytes: 64 lower-case hex digits. Its text form elsewhere is {@code sha256:<hex>}. */
public record Digest(@JsonValue String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";

    @JsonCreator
    public Digest {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("a digest has 64 lower-case hex digits: \"" + hex + "\"");
        }
    }

    /** Whether a text has the form of a digest. */
    public static boolean isHex(String text) {
        return SHAPE.matcher(text).matches();
    }

    /**
     * Reads {@code sha256:<hex>}.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static Digest parse(String location) {
        if (!location.startsWith(PREFIX)) {
            throw new IllegalArgumentException("expected sha256:<64 hex digits>: \"" + location + "\"");
        }
        return new Digest(location.substring(PREFIX.length()));
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
