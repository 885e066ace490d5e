package io.croft.controller.context;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a request's parameters, the same for equal ones whatever the order of maps. Each part goes in with its length, so that
 * {@code ab, c} and {@code a, bc} differ, and null differs from an empty text.
 */
public final class ParameterHash {
    private final MessageDigest sha256;

    public ParameterHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds one parameter in its text form. */
    public ParameterHash add(@Nullable Object value) {
        if (value == null) {
            sha256.update("-;".getBytes(StandardCharsets.UTF_8));
            return this;
        }
        var text = value.toString().getBytes(StandardCharsets.UTF_8);
        sha256.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
        sha256.update(text);
        return this;
    }

    /** Adds a list: its size, then its items in their order. */
    public ParameterHash addAll(Collection<?> values) {
        add(values.size());
        values.forEach(this::add);
        return this;
    }

    /** Adds a map by the order of its keys. */
    public ParameterHash addMap(Map<String, String> values) {
        add(values.size());
        new TreeMap<>(values).forEach((k, v) -> add(k).add(v));
        return this;
    }

    /** The digest of what was added so far; ends the use of this object. */
    public byte[] digest() {
        return sha256.digest();
    }

    /** The digest in hex; ends the use of this object. */
    public String hex() {
        return HexFormat.of().formatHex(digest());
    }
}
