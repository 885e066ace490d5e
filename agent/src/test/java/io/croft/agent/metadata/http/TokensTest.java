package io.croft.agent.metadata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final InstanceId ONE = new InstanceId("i-00000000000000001");
    private static final InstanceId TWO = new InstanceId("i-00000000000000002");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
    private final InstantSource clock = now::get;

    @TempDir
    private Path folder;

    private Tokens tokens(String host) {
        return new Tokens(folder.resolve(host), clock, new SecureRandom());
    }

    @Test
    void holdsForItsInstanceAndAddressUntilItEnds() {
        var tokens = tokens("one");
        var token = tokens.issue(ONE, "10.0.0.5", Duration.ofSeconds(60));
        assertThat(tokens.valid(token, ONE, "10.0.0.5")).isTrue();
        assertThat(tokens.valid(token, TWO, "10.0.0.5")).isFalse();
        assertThat(tokens.valid(token, ONE, "10.0.0.6")).isFalse();
        assertThat(tokens("one").valid(token, ONE, "10.0.0.5"))
                .as("after a restart")
                .isTrue();
        now.updateAndGet(t -> t.plusSeconds(60));
        assertThat(tokens.valid(token, ONE, "10.0.0.5")).isFalse();
    }

    @Test
    void anythingElseIsNoToken() {
        var tokens = tokens("one");
        var token = tokens.issue(ONE, "10.0.0.5", Duration.ofSeconds(60));
        var changed = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        assertThat(tokens.valid(changed, ONE, "10.0.0.5")).isFalse();
        assertThat(tokens.valid("", ONE, "10.0.0.5")).isFalse();
        assertThat(tokens.valid("not base64 !", ONE, "10.0.0.5")).isFalse();
        assertThat(tokens("another").valid(token, ONE, "10.0.0.5")).isFalse();
    }

    @Test
    void theKeyIsItsOwnersAlone() throws IOException {
        tokens("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("one"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }
}
