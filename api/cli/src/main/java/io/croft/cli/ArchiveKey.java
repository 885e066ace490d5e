package io.croft.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What opens an archive: a passphrase, or a key file that is kept apart from it. */
final class ArchiveKey {
    /** OWASP's figure for PBKDF2 with HMAC-SHA-512 is 210,000; an archive is opened seldom and guessed at offline. */
    static final int ROUNDS = 400_000;

    /** What a header may ask for: a changed one must not keep a processor for hours, nor make guessing cheap. */
    static final int LEAST_ROUNDS = 100_000;

    static final int MOST_ROUNDS = 10_000_000;

    static final int SHORTEST_PASSPHRASE = 12;
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final boolean passphrase;
    private final byte[] secret;

    private ArchiveKey(boolean passphrase, byte[] secret) {
        this.passphrase = passphrase;
        this.secret = secret;
    }

    /**
     * The key of a passphrase.
     *
     * @throws CommandFailed when it is too short to be of use
     */
    static ArchiveKey ofPassphrase(String text) {
        if (text.length() < SHORTEST_PASSPHRASE) {
            throw new CommandFailed("the passphrase has to have " + SHORTEST_PASSPHRASE
                    + " characters at least: whoever guesses it has every key of the deployment");
        }
        return new ArchiveKey(true, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key in a file: 256 bits in one line of base64.
     *
     * @throws CommandFailed when it is none, or others may read it
     */
    static ArchiveKey ofFile(Path file) throws IOException {
        requireOwn(file);
        try {
            var key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) {
                return new ArchiveKey(false, key);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(file + " holds no key that croft has made", e);
        }
        throw new CommandFailed(file + " holds no key that croft has made");
    }

    /**
     * Refuses a file with a secret that others may use.
     *
     * @throws CommandFailed when group or others may read or write it
     */
    static void requireOwn(Path file) throws IOException {
        var open = EnumSet.copyOf(OTHERS);
        open.retainAll(Files.getPosixFilePermissions(file));
        if (!open.isEmpty()) {
            throw new CommandFailed("others may use " + file + ": chmod 600 " + file);
        }
    }

    /** Draws a key into a new file of mode 0600. */
    static void draw(Path file) throws IOException {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        SafeFile.write(
                file,
                out -> out.write((Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /** Whether it is a passphrase's, for which {@link #derive} needs rounds. */
    boolean isPassphrase() {
        return passphrase;
    }

    /** 256 bits for one archive, which has a salt of its own. */
    SecretKey derive(byte[] salt, int rounds) {
        try {
            if (!passphrase) {
                return KDF.getInstance("HKDF-SHA256")
                        .deriveKey(
                                "AES",
                                HKDFParameterSpec.ofExtract()
                                        .addIKM(secret)
                                        .addSalt(salt)
                                        .thenExpand("croft archive".getBytes(StandardCharsets.US_ASCII), KEY_BYTES));
            }
            var text = new String(secret, StandardCharsets.UTF_8).toCharArray();
            var spec = new PBEKeySpec(text, salt, rounds, KEY_BYTES * Byte.SIZE);
            return new SecretKeySpec(
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                            .generateSecret(spec)
                            .getEncoded(),
                    "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has these", e);
        }
    }
}
