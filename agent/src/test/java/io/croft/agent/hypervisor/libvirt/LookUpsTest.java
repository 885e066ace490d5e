package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookUpsTest {
    private final Deque<Long> takes = new ArrayDeque<>();
    private long now;
    private final LookUps lookUps = new LookUps(this::lookUp, () -> now, Runnable::run);

    private void lookUp() {
        var millis = takes.remove();
        if (millis < 0) {
            throw new HypervisorException("libvirt is away", null);
        }
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void oneThatRemembersIsMeasuredOnceInAWhile() {
        takes.addAll(List.of(90L, 110L));
        lookUps.millis();
        assertThat(lookUps.millis()).isEqualTo(90);
        assertThat(takes).hasSize(1);
        now += Duration.ofMinutes(5).toNanos();
        lookUps.millis();
        assertThat(lookUps.millis()).isEqualTo(110);
    }

    @Test
    void onlyTheSecondSlowOneTellsThatItForgets() {
        takes.addAll(List.of(5000L, 100L));
        lookUps.millis();
        assertThat(lookUps.millis()).isEqualTo(100);
        now += Duration.ofMinutes(5).toNanos();
        takes.addAll(List.of(5000L, 5100L));
        lookUps.millis();
        assertThat(lookUps.millis()).isEqualTo(5100);
    }

    @Test
    void oneThatFailedIsTriedAgain() {
        takes.addAll(List.of(-1L, 100L));
        assertThat(lookUps.millis()).isNull();
        lookUps.millis();
        assertThat(lookUps.millis()).isEqualTo(100);
    }
}
