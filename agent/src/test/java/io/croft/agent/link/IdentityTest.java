package io.croft.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    @TempDir
    private Path folder;

    @Test
    void theIdIsDrawnOnceAndTheEpochRisesAtEachStart() throws IOException {
        var first = open(1);
        assertThat(first.nextEpoch()).isEqualTo(1);
        var second = open(2);
        assertThat(second.host()).isEqualTo(first.host());
        assertThat(second.nextEpoch()).isEqualTo(2);
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
