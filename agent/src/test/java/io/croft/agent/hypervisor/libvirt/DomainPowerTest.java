package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.hypervisor.libvirt.DomainPower.Standing;
import io.croft.protocol.PauseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the numbers of libvirt's {@code virDomainState} and its reasons. */
class DomainPowerTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, RUNNING, ",
        "2, 0, RUNNING, ",
        "3, 0, PAUSED, UNKNOWN",
        "3, 1, PAUSED, BY_USER",
        "3, 2, PAUSED, MIGRATION",
        "3, 3, PAUSED, SAVING",
        "3, 5, PAUSED, IO_ERROR",
        "3, 6, PAUSED, WATCHDOG",
        "3, 9, PAUSED, SAVING",
        "3, 10, PAUSED, GUEST_CRASHED",
        "3, 11, PAUSED, STARTING",
        "3, 13, PAUSED, MIGRATION_FAILED",
        "3, 99, PAUSED, UNKNOWN",
        "4, 0, RUNNING, ",
        "5, 1, OFF_BY_GUEST, ",
        "5, 2, OFF, ",
        "6, 1, PAUSED, GUEST_CRASHED",
        "7, 0, PAUSED, GUEST_SLEEPS"
    })
    void eachStateOfLibvirtsHasItsPower(int state, int reason, Power power, PauseReason paused) {
        assertThat(DomainPower.of(state, reason)).isEqualTo(new Standing(power, paused));
    }
}
