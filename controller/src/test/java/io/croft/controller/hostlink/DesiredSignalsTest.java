package io.croft.controller.hostlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.HostId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a stream looks for more to tell. */
class DesiredSignalsTest {
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final HostId host = HostId.random(new SecureRandom());
    private final DesiredSignals signals = new DesiredSignals(new SimpleMeterRegistry());
    private final DesiredSignals.Bell bell = signals.take(host);

    @Test
    void whatWasToldIsNoNews() throws InterruptedException {
        signals.wake(host);
        bell.await(NOT_AT_ALL);
        assertThat(bell.mayHaveMore(6)).isTrue();
        // The database's word of what the stream has told by now.
        signals.announce(host, 7);
        bell.await(NOT_AT_ALL);
        assertThat(bell.mayHaveMore(7)).isFalse();
    }

    @Test
    void anotherRevisionIsNewsWhicheverItIs() {
        signals.announce(host, 8);
        assertThat(bell.mayHaveMore(7)).isTrue();
        // A database that went back.
        signals.announce(host, 3);
        assertThat(bell.mayHaveMore(7)).isTrue();
    }

    @Test
    void aRingIsNewsAlsoBesideWhatWasTold() {
        signals.wake(host);
        signals.announce(host, 7);
        assertThat(bell.mayHaveMore(7)).isTrue();
        assertThat(bell.mayHaveMore(7)).isFalse();
    }

    @Test
    void askingForEverythingIsNews() {
        signals.announce(host, 7);
        signals.wakeForEverything(host);
        assertThat(bell.mayHaveMore(7)).isTrue();
        assertThat(bell.takeEverything()).isTrue();
    }
}
