package io.croft.controller.blockstorage.snapshot.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256, as clients send and read it. */
public final class Checksums {
    private Checksums() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** In base64. */
    public static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(sha256().digest(bytes));
    }
}
