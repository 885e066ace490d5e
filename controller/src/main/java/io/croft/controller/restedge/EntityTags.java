package io.croft.controller.restedge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Entity tags: a digest of what a client is shown, so that it changes exactly when that does. */
@Component
public class EntityTags {
    private static final int LENGTH = 15;

    private final JsonMapper json;

    EntityTags(JsonMapper json) {
        this.json = json;
    }

    /** The strong tag of a representation, with its quotes. */
    public String of(Object representation) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(representation));
            return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, LENGTH)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
