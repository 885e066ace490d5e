package io.croft.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void theIdIsDrawnOnceAndTheEpochRisesAtEachStart() throws IOException {
        var first = open(1);
        var epoch = first.nextEpoch(InstantSource.fixed(NOW));
        var second = open(2);
        assertThat(second.host()).isEqualTo(first.host());
        assertThat(second.nextEpoch(InstantSource.fixed(NOW)))
                .isEqualTo(second.nextEpoch(InstantSource.fixed(NOW.minusSeconds(9))) - 1)
                .isEqualTo(epoch + 1);
    }

    @Test
    void anIdentityOutOfABackupHasALaterEpochThanBefore() throws IOException {
        open(1).nextEpoch(InstantSource.fixed(NOW));
        var file = folder.resolve("identity/epoch");
        var backup = Files.readString(file);
        open(1).nextEpoch(InstantSource.fixed(NOW.plusSeconds(1)));
        var last = open(1).nextEpoch(InstantSource.fixed(NOW.plusSeconds(2)));
        Files.writeString(file, backup);
        assertThat(open(1).nextEpoch(InstantSource.fixed(NOW.plusSeconds(3)))).isGreaterThan(last);
    }

    @Test
    void theKeyIsForRootAloneAndStaysTheSame() throws IOException, GeneralSecurityException {
        assertThat(open(1).certificateRequest()).startsWith("-----BEGIN CERTIFICATE REQUEST-----");
        var key = folder.resolve("identity/key.pem");
        var text = Files.readString(key);
        open(2).certificateRequest();
        assertThat(key).hasContent(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void aHostWithoutACertificateHasNoCredentials() throws IOException, GeneralSecurityException {
        assertThat(open(1).credentials()).isEmpty();
    }

    private Identity open(int seed) throws IOException {
        return Identity.open(folder.resolve("identity"), new Random(seed));
    }
}
