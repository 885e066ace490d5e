package io.croft.cli;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An archive under its key. A header (magic, kind of key, rounds of PBKDF2, salt, prefix of the nonces, CRC-32 of these), HMAC-SHA-256 of the header under the key, then chunks of AES-256-GCM,
 * 64 KiB each but the last. A chunk's nonce is the prefix, the chunk's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so none can
 * be changed, left out, moved or put last without being noticed.
 */
final class SealedArchive {
    private static final byte[] MAGIC = "CROFT-ARCHIVE-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int PREFIX_BYTES = 7;
    private static final int HEADER_BYTES = MAGIC.length + 1 + Integer.BYTES + SALT_BYTES + PREFIX_BYTES;
    private static final int MAC_BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final int CHUNK = 64 * 1024;

    private SealedArchive() {}

    /** An archive cannot be opened; the message says why, in words for the operator. */
    static final class Unusable extends IOException {
        Unusable(String message) {
            super(message);
        }
    }

    /** Encrypts what is written. Only {@link Sealing#finish} makes it an archive. */
    static Sealing seal(ArchiveKey key, OutputStream out) throws IOException {
        var random = new SecureRandom();
        var salt = new byte[SALT_BYTES];
        var prefix = new byte[PREFIX_BYTES];
        random.nextBytes(salt);
        random.nextBytes(prefix);
        var rounds = key.isPassphrase() ? ArchiveKey.ROUNDS : 0;
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .put((byte) (key.isPassphrase() ? 'p' : 'k'))
                .putInt(rounds)
                .put(salt)
                .put(prefix)
                .array();
        var secret = key.derive(salt, rounds);
        out.write(header);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(crc(header)).array());
        out.write(mac(secret, header));
        return new Sealing(out, new Chunks(secret, prefix));
    }

    /**
     * Decrypts an archive, chunk by chunk: nothing is handed out that was changed, but what is read may turn out to be cut short.
     *
     * @throws Unusable from here, and from the stream
     */
    static InputStream open(ArchiveKey key, InputStream in) throws IOException {
        var data = new DataInputStream(in);
        var header = new byte[HEADER_BYTES];
        try {
            data.readFully(header);
            if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new Unusable("it is no archive of croft's");
            }
            if (data.readInt() != crc(header)) {
                throw new Unusable("its header is damaged");
            }
            var fields = ByteBuffer.wrap(header, MAGIC.length, HEADER_BYTES - MAGIC.length);
            requireKind(key, fields.get());
            var rounds = fields.getInt();
            if (key.isPassphrase() && (rounds < ArchiveKey.LEAST_ROUNDS || rounds > ArchiveKey.MOST_ROUNDS)) {
                throw new Unusable("its header asks for " + rounds + " rounds");
            }
            var salt = new byte[SALT_BYTES];
            var prefix = new byte[PREFIX_BYTES];
            fields.get(salt).get(prefix);
            var mac = new byte[MAC_BYTES];
            data.readFully(mac);
            var secret = key.derive(salt, rounds);
            if (!MessageDigest.isEqual(mac, mac(secret, header))) {
                throw new Unusable("this " + (key.isPassphrase() ? "passphrase" : "key file") + " does not open it");
            }
            return new Opening(in, new Chunks(secret, prefix));
        } catch (EOFException e) {
            throw new Unusable("it was cut short in its header");
        }
    }

    private static void requireKind(ArchiveKey key, byte kind) throws Unusable {
        if (key.isPassphrase() != (kind == 'p')) {
            throw new Unusable("it opens with a " + (kind == 'p' ? "passphrase" : "key file: give --key-file"));
        }
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static byte[] mac(SecretKey key, byte[] header) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(header);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /** The chunks' cipher. */
    private static final class Chunks {
        private final SecretKey key;
        private final byte[] prefix;
        private int number;

        Chunks(SecretKey key, byte[] prefix) {
            this.key = key;
            this.prefix = prefix;
        }

        byte[] next(int mode, byte[] bytes, int length, boolean last) throws Unusable {
            var nonce = ByteBuffer.allocate(PREFIX_BYTES + Integer.BYTES + 1)
                    .put(prefix)
                    .putInt(number)
                    .put((byte) (last ? 1 : 0))
                    .array();
            number = Math.incrementExact(number);
            try {
                var cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
                return cipher.doFinal(bytes, 0, length);
            } catch (AEADBadTagException e) {
                throw new Unusable("it was cut short or changed");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has AES-GCM", e);
            }
        }
    }

    /** The writing end. */
    static final class Sealing extends FilterOutputStream {
        private final Chunks chunks;
        private final byte[] chunk = new byte[CHUNK];
        private int filled;

        private Sealing(OutputStream out, Chunks chunks) {
            super(out);
            this.chunks = chunks;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var at = offset;
            var left = length;
            while (left > 0) {
                if (filled == CHUNK) {
                    seal(false);
                }
                var taken = Math.min(left, CHUNK - filled);
                System.arraycopy(bytes, at, chunk, filled, taken);
                filled += taken;
                at += taken;
                left -= taken;
            }
        }

        /** Writes the last chunk. */
        void finish() throws IOException {
            seal(true);
            out.flush();
        }

        private void seal(boolean last) throws IOException {
            out.write(chunks.next(Cipher.ENCRYPT_MODE, chunk, filled, last));
            filled = 0;
        }
    }

    /** The reading end. */
    private static final class Opening extends InputStream {
        private final InputStream in;
        private final Chunks chunks;
        private byte[] ahead;
        private ByteArrayInputStream clear = new ByteArrayInputStream(new byte[0]);
        private boolean done;

        Opening(InputStream in, Chunks chunks) throws IOException {
            this.in = in;
            this.chunks = chunks;
            this.ahead = in.readNBytes(CHUNK + TAG_BYTES);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (clear.available() == 0) {
                if (done) {
                    return -1;
                }
                fill();
            }
            return clear.read(into, offset, length);
        }

        /** Whether a chunk is the last is known by what follows it. */
        private void fill() throws IOException {
            var next = in.readNBytes(CHUNK + TAG_BYTES);
            done = next.length == 0;
            clear = new ByteArrayInputStream(chunks.next(Cipher.DECRYPT_MODE, ahead, ahead.length, done));
            ahead = next;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
