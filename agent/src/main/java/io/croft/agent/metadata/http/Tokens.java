package io.croft.agent.metadata.http;

import io.croft.agent.files.Durable;
import io.croft.types.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session tokens that need no table: when they end, sealed for one instance and address. The key is the host's, so a token outlives the agent's process and is none on
 * another host.
 */
final class Tokens {
    private static final String SEAL = "HmacSHA256";
    private static final int KEY = 32;
    private static final int HEAD = 16;
    private static final int SEALED = 32;

    private final InstantSource clock;
    private final SecureRandom random;
    private final byte[] key;

    /** @param keyFile where the key is kept; drawn and written when missing */
    Tokens(Path keyFile, InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.key = key(keyFile, random);
    }

    private static byte[] key(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                var drawn = new byte[KEY];
                random.nextBytes(drawn);
                Durable.writeSecret(file, drawn);
            }
            var key = Files.readAllBytes(file);
            if (key.length != KEY) {
                throw new IllegalStateException(
                        file + " has " + key.length + " bytes and no key; remove it to have one drawn");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the key of the metadata tokens in " + file, e);
        }
    }

    String issue(InstanceId instance, String address, Duration life) {
        var head = new byte[HEAD];
        ByteBuffer.wrap(head).putLong(clock.instant().plus(life).toEpochMilli()).putLong(random.nextLong());
        var token = Arrays.copyOf(head, HEAD + SEALED);
        System.arraycopy(seal(head, instance, address), 0, token, HEAD, SEALED);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    boolean valid(String token, InstanceId instance, String address) {
        var raw = decode(token);
        if (raw.length != HEAD + SEALED) {
            return false;
        }
        var head = Arrays.copyOf(raw, HEAD);
        return MessageDigest.isEqual(Arrays.copyOfRange(raw, HEAD, raw.length), seal(head, instance, address))
                && clock.millis() < ByteBuffer.wrap(head).getLong();
    }

    private static byte[] decode(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private byte[] seal(byte[] head, InstanceId instance, String address) {
        try {
            var mac = Mac.getInstance(SEAL);
            mac.init(new SecretKeySpec(key, SEAL));
            mac.update(head);
            return mac.doFinal((instance + "/" + address).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + SEAL, e);
        }
    }
}
