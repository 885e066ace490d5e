package io.croft.controller.compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.GuestCondition;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.PauseReason;
import io.croft.types.Generation;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceChecksTest {
    private static ObservedDocument seen(State state, @Nullable Failure failure, @Nullable PauseReason paused) {
        return new ObservedDocument(
                new DocumentKey(DocumentKind.INSTANCE, "i-0123456789abcdef0"),
                Generation.FIRST,
                state,
                failure,
                "2026-11-21T00:00:00Z",
                paused);
    }

    private static InstanceChecks of(ObservedDocument seen) {
        return InstanceChecks.of(seen).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"INITIALIZING, INITIALIZING", "ANSWERS, OK", "SILENT, IMPAIRED", "PANICKED, IMPAIRED"})
    void theGuestIsTheInstanceChecksAlone(GuestCondition guest, StatusCheck check) {
        var checks = of(seen(State.READY, null, null).with(guest));
        assertThat(checks.instance()).isEqualTo(check);
        assertThat(checks.system()).isEqualTo(StatusCheck.OK);
        if (checks.impaired()) {
            assertThat(checks.reason()).contains(guest.words());
        } else {
            assertThat(checks.reason()).isNull();
        }
    }

    @Test
    void anAgentThatCannotTellOfTheGuestIsTakenAtItsWord() {
        assertThat(of(seen(State.READY, null, null)))
                .isEqualTo(new InstanceChecks(StatusCheck.OK, StatusCheck.OK, null));
    }

    @ParameterizedTest
    @EnumSource
    void aPausedMachineFailsTheCheckOfWhoeverPausedIt(PauseReason paused) {
        var guests = EnumSet.of(PauseReason.GUEST_CRASHED, PauseReason.WATCHDOG, PauseReason.GUEST_SLEEPS);
        var checks = of(seen(State.PENDING, null, paused));
        assertThat(checks.instance()).isEqualTo(StatusCheck.IMPAIRED);
        assertThat(checks.system()).isEqualTo(guests.contains(paused) ? StatusCheck.OK : StatusCheck.IMPAIRED);
        assertThat(checks.reason()).contains(paused.words());
    }

    @Test
    void aMachineThatEndedFailsBoth() {
        var crash = new Failure(Failure.Code.HYPERVISOR, "The machine stopped by itself.", true);
        assertThat(of(seen(State.FAILED, crash, null)))
                .isEqualTo(new InstanceChecks(
                        StatusCheck.IMPAIRED, StatusCheck.IMPAIRED, "The machine stopped by itself."));
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "STOPPED", "POWERED_OFF", "GONE"})
    void aHostAtWorkSaysNothingOfIt(State state) {
        assertThat(InstanceChecks.of(seen(state, null, null))).isEmpty();
    }
}
