package io.croft.controller.identity;

import io.croft.controller.context.StateDirectory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The key under which secrets are encrypted at rest: 256 bits in {@code master.key}, one line of base64, made at the first start. AES-GCM with a nonce drawn for each text. */
@Component
class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    static final String FILE = "master.key";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final String fingerprint;

    @Autowired
    MasterKey(StateDirectory directory) {
        this(directory.readOrMake(FILE, MasterKey::draw));
    }

    /**
     * The key of a file's content.
     *
     * @throws IllegalArgumentException when it is none
     */
    MasterKey(byte[] content) {
        var bytes = Base64.getDecoder().decode(new String(content, StandardCharsets.US_ASCII).strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(FILE + " holds " + bytes.length + " bytes instead of " + KEY_BYTES);
        }
        this.key = new SecretKeySpec(bytes, "AES");
        this.fingerprint = fingerprint(bytes);
    }

    private static byte[] draw() {
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String fingerprint(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells this key from others without telling the key. */
    String fingerprint() {
        return fingerprint;
    }

    /** A key for one purpose, from which this one cannot be told. */
    byte[] derive(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encrypts {@code clear}; {@code name} must be given again to {@link #open}, so that a text cannot be moved to another row. */
    byte[] seal(String name, String clear) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(clear.getBytes(StandardCharsets.UTF_8));
            var whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot run the cipher over " + name, e);
        }
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws IllegalStateException when it was made under another key or name, or was changed
     */
    String open(String name, byte[] whole) {
        return unseal(name, whole).orElseThrow(() -> new IllegalStateException("cannot open what is kept of " + name));
    }

    /** Decrypts what a client says that {@link #seal} made; empty when it was made under another key or name, or was changed. */
    Optional<String> unseal(String name, byte[] whole) {
        if (whole.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        var nonce = Arrays.copyOf(whole, NONCE_BYTES);
        var sealed = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        try {
            return Optional.of(
                    new String(cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(sealed), StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot run the cipher over " + name, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
