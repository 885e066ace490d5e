package io.croft.agent.metadata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.InstanceId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final InstanceId ONE = new InstanceId("i-00000000000000001");
    private static final InstanceId TWO = new InstanceId("i-00000000000000002");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final Tokens tokens = new Tokens(clock, new SecureRandom());

    @Test
    void holdsForItsInstanceAndAddressUntilItEnds() {
        var token = tokens.issue(ONE, "10.0.0.5", Duration.ofSeconds(60));
        assertThat(tokens.valid(token, ONE, "10.0.0.5")).isTrue();
        assertThat(tokens.valid(token, TWO, "10.0.0.5")).isFalse();
        assertThat(tokens.valid(token, ONE, "10.0.0.6")).isFalse();
        now.updateAndGet(t -> t.plusSeconds(60));
        assertThat(tokens.valid(token, ONE, "10.0.0.5")).isFalse();
    }

    @Test
    void anythingElseIsNoToken() {
        var token = tokens.issue(ONE, "10.0.0.5", Duration.ofSeconds(60));
        var changed = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        assertThat(tokens.valid(changed, ONE, "10.0.0.5")).isFalse();
        assertThat(tokens.valid("", ONE, "10.0.0.5")).isFalse();
        assertThat(tokens.valid("not base64 !", ONE, "10.0.0.5")).isFalse();
        assertThat(new Tokens(clock, new SecureRandom()).valid(token, ONE, "10.0.0.5"))
                .isFalse();
    }
}
