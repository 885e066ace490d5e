package io.croft.controller.blockstorage.snapshot.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A lineage's key, and what is done with it: names, seals and proofs, each by a key of its own made from this one. */
final class LineageKey {
    static final int SECRET_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int PROOF_BYTES = 32;

    private static final String HMAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Key naming;
    private final Key sealing;
    private final Key proving;

    LineageKey(byte[] secret) {
        this.naming = new SecretKeySpec(derive(secret, "croft snapshot block name"), HMAC);
        this.sealing = new SecretKeySpec(derive(secret, "croft snapshot frame"), "AES");
        this.proving = new SecretKeySpec(derive(secret, "croft snapshot manifest"), HMAC);
    }

    /** A secret that nobody has. */
    static byte[] draw() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    private static byte[] derive(byte[] secret, String purpose) {
        return hmac(new SecretKeySpec(secret, HMAC), ByteBuffer.wrap(purpose.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The name of these bytes in the lineage. */
    BlockId name(byte[] block) {
        return BlockId.read(ByteBuffer.wrap(hmac(naming, ByteBuffer.wrap(block))));
    }

    /** What names are made by: whoever has it can tell what a block is called, and read nothing. */
    byte[] naming() {
        return naming.getEncoded();
    }

    /** What proves that this lineage's key was at hand where {@code bytes} were written. */
    byte[] proof(ByteBuffer bytes) {
        return hmac(proving, bytes);
    }

    boolean proves(byte[] proof, ByteBuffer bytes) {
        return MessageDigest.isEqual(proof, proof(bytes));
    }

    /** A nonce and the sealed bytes. {@code beside} is not hidden, but must be the same again. */
    byte[] seal(byte[] beside, byte[] clear, int length) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var sealed = ByteBuffer.allocate(NONCE_BYTES + length + TAG_BYTES).put(nonce);
            cipher(Cipher.ENCRYPT_MODE, nonce, beside).doFinal(ByteBuffer.wrap(clear, 0, length), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What {@link #seal} sealed.
     *
     * @throws AEADBadTagException when it was sealed by another key or beside something else, or was changed
     */
    byte[] open(byte[] beside, ByteBuffer sealed) throws AEADBadTagException {
        var nonce = new byte[NONCE_BYTES];
        sealed.get(nonce);
        try {
            var clear = ByteBuffer.allocate(sealed.remaining() - TAG_BYTES);
            cipher(Cipher.DECRYPT_MODE, nonce, beside).doFinal(sealed, clear);
            return clear.array();
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] beside) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(beside);
        return cipher;
    }

    private static byte[] hmac(Key key, ByteBuffer bytes) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(bytes);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
