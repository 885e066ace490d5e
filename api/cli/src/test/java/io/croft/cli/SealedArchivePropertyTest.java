package io.croft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an archive, nothing that was not put in comes out of it whole. */
class SealedArchivePropertyTest {
    private static final int CHUNK = 64 * 1024;
    private static final int SEALED_CHUNK = CHUNK + 16;

    @TempDir
    private Path folder;

    private ArchiveKey key;

    @BeforeEach
    void drawKey() throws IOException {
        key = drawn("key");
    }

    private ArchiveKey drawn(String name) throws IOException {
        ArchiveKey.draw(folder.resolve(name));
        return ArchiveKey.ofFile(folder.resolve(name));
    }

    @Test
    void everyLengthComesBack() throws IOException {
        var random = new Random(1);
        for (var length : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7}) {
            var clear = bytes(random, length);
            assertThat(open(key, sealed(clear))).as(length + " bytes").isEqualTo(clear);
        }
    }

    @Test
    void cutsAndFlipsAreNoticed() throws IOException {
        for (var seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var archive = sealed(bytes(random, random.nextInt(4 * CHUNK)));
            var spoilt = spoil(archive, random);
            assertThatThrownBy(() -> open(key, spoilt)).as("seed " + seed).isInstanceOf(SealedArchive.Unusable.class);
        }
    }

    private static byte[] spoil(byte[] archive, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(archive, random.nextInt(archive.length));
            case 1 -> Arrays.copyOf(archive, archive.length + 1 + random.nextInt(100));
            default -> {
                var flipped = archive.clone();
                flipped[random.nextInt(archive.length)] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
        };
    }

    @Test
    void chunksCannotBeLeftOutOrMoved() throws IOException {
        var archive = sealed(bytes(new Random(2), 4 * CHUNK));
        var header = archive.length - 4 * SEALED_CHUNK;
        var without = new ByteArrayOutputStream();
        without.write(archive, 0, header + SEALED_CHUNK);
        without.write(archive, header + 2 * SEALED_CHUNK, 2 * SEALED_CHUNK);
        var atTheBoundary = Arrays.copyOf(archive, header + 2 * SEALED_CHUNK);
        var swapped = archive.clone();
        System.arraycopy(archive, header, swapped, header + SEALED_CHUNK, SEALED_CHUNK);
        System.arraycopy(archive, header + SEALED_CHUNK, swapped, header, SEALED_CHUNK);
        for (var spoilt : new byte[][] {without.toByteArray(), atTheBoundary, swapped}) {
            assertThatThrownBy(() -> open(key, spoilt)).hasMessageContaining("cut short or changed");
        }
    }

    @Test
    void anotherKeyDoesNotOpenItAndIsToldApartFromDamage() throws IOException {
        var archive = sealed(new byte[] {1, 2, 3});
        assertThatThrownBy(() -> open(drawn("other"), archive)).hasMessage("this key file does not open it");
        assertThatThrownBy(() -> open(ArchiveKey.ofPassphrase("a passphrase"), archive))
                .hasMessage("it opens with a key file: give --key-file");
        var damaged = archive.clone();
        damaged[20] ^= 1;
        assertThatThrownBy(() -> open(key, damaged)).hasMessage("its header is damaged");
        assertThatThrownBy(() -> open(key, "PK\3\4".repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .hasMessage("it is no archive of croft's");
    }

    @Test
    void aPassphraseOpensWhatItSealed() throws IOException {
        var passphrase = ArchiveKey.ofPassphrase("correct horse battery");
        var out = new ByteArrayOutputStream();
        var sealing = SealedArchive.seal(passphrase, out);
        sealing.write(7);
        sealing.finish();
        assertThat(open(ArchiveKey.ofPassphrase("correct horse battery"), out.toByteArray()))
                .containsExactly(7);
        assertThatThrownBy(() -> open(ArchiveKey.ofPassphrase("correct horse batterz"), out.toByteArray()))
                .hasMessage("this passphrase does not open it");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        var file = folder.resolve("key");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> ArchiveKey.ofFile(file)).hasMessageContaining("chmod 600");
    }

    private byte[] sealed(byte[] clear) throws IOException {
        var out = new ByteArrayOutputStream();
        var sealing = SealedArchive.seal(key, out);
        sealing.write(clear);
        sealing.finish();
        return out.toByteArray();
    }

    private static byte[] open(ArchiveKey key, byte[] archive) throws IOException {
        try (var in = SealedArchive.open(key, new ByteArrayInputStream(archive))) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
