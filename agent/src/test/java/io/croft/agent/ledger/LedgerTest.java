package io.croft.agent.ledger;

import static io.croft.agent.Documents.change;
import static io.croft.agent.Documents.full;
import static io.croft.agent.Documents.instance;
import static io.croft.agent.Documents.instanceId;
import static io.croft.agent.Documents.metadataOfBefore;
import static io.croft.agent.Documents.operation;
import static io.croft.agent.Documents.operationId;
import static io.croft.agent.Documents.volume;
import static io.croft.agent.Documents.volumeId;
import static io.croft.agent.Documents.vpc;
import static io.croft.agent.Documents.withMetadata;
import static io.croft.protocol.InstanceSpec.Power.OFF;
import static io.croft.protocol.InstanceSpec.Power.ON;
import static io.croft.protocol.InstanceSpec.StopMode.FORCE;
import static io.croft.protocol.InstanceSpec.StopMode.GRACEFUL;
import static io.croft.protocol.Presence.ABSENT;
import static io.croft.protocol.Presence.PRESENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.OperationResult;
import io.croft.types.Era;
import io.croft.types.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String DEADLINE = "2026-11-21T00:01:00Z";

    @TempDir
    Path folder;

    @Test
    void takesWhatIsNewerAndKeepsItAcrossARestart() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.accept(full(3, vpc(1, 1, PRESENT), volume(1, 1, PRESENT))))
                    .isEmpty();
            assertThat(ledger.accept(change(4, volume(1, 2, PRESENT)))).isEmpty();
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().revision()).isEqualTo(4);
            assertThat(ledger.state().documents().values()).containsExactly(vpc(1, 1, PRESENT), volume(1, 2, PRESENT));
        }
    }

    @Test
    void refusesAnOlderGeneration() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(3, volume(1, 2, ABSENT)));
            assertThat(ledger.accept(change(4, volume(1, 1, PRESENT)))).containsExactly(volume(1, 1, PRESENT));
            assertThat(ledger.state().documents().values()).containsExactly(volume(1, 2, ABSENT));
            assertThat(ledger.state().revision()).isEqualTo(4);
        }
    }

    @Test
    void refusesTheSameGenerationWithOtherContentUntilANewerOneComes() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(3, volume(1, 2, PRESENT)));
            assertThat(ledger.accept(change(4, volume(1, 2, ABSENT)))).hasSize(1);
            assertThat(ledger.state().documents().values()).containsExactly(volume(1, 2, PRESENT));
            assertThat(ledger.state().contested())
                    .containsExactly(volume(1, 2, PRESENT).key());
            ledger.accept(change(5, volume(1, 3, ABSENT)));
            assertThat(ledger.state().contested()).isEmpty();
        }
    }

    /** As after an upgrade: the agent of before passed over a property that the controller had told it already. */
    @Test
    void takesTheSameGenerationWithMoreProperties() throws IOException {
        var now = instance(1, 2, PRESENT, ON, GRACEFUL);
        var before = withMetadata(now, metadataOfBefore());
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(3, before));
            assertThat(ledger.accept(full(4, now))).isEmpty();
            assertThat(ledger.state().documents().values()).containsExactly(now);
            assertThat(ledger.state().contested()).isEmpty();
            assertThat(ledger.accept(full(5, before))).containsExactly(before);
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().documents().values()).containsExactly(now);
        }
    }

    @Test
    void aHeartbeatWritesNothing() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(3, volume(1, 2, PRESENT)));
            var before = Files.readAllBytes(folder.resolve("journal"));
            ledger.accept(change(3));
            ledger.accept(change(3, volume(1, 2, PRESENT)));
            assertThat(Files.readAllBytes(folder.resolve("journal"))).isEqualTo(before);
        }
    }

    @Test
    void remembersWhichFenceItWasToldOfAndWhichItPassed() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(3, volume(1, 2, PRESENT)));
            assertThat(ledger.state().fence().passing()).isFalse();
            assertThat(ledger.state().fence().heardSince("a")).isFalse();
            ledger.heard("a");
            ledger.accept(new DesiredBatch(3, false, List.of()).behind(2));
            assertThat(ledger.state().fence().passing()).isTrue();
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().fence()).isEqualTo(new Fence(2, 0, "a"));
            ledger.passed(2);
            ledger.accept(new DesiredBatch(4, false, List.of()).behind(1));
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().fence()).isEqualTo(new Fence(2, 2, "a"));
            assertThat(ledger.state().fence().passing()).isFalse();
            assertThat(ledger.state().fence().heardSince("a")).isTrue();
            assertThat(ledger.state().fence().heardSince("b")).isFalse();
            var whole = LedgerState.EMPTY.with(ledger.state().whole());
            assertThat(whole).isEqualTo(ledger.state());
        }
    }

    @Test
    void keepsWhatAFullBatchDoesNotNameButMarksItUnclaimed() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(3, vpc(1, 1, PRESENT), volume(1, 1, PRESENT), volume(2, 1, ABSENT)));
            ledger.accept(full(9, vpc(1, 1, PRESENT)));
            assertThat(ledger.state().documents()).hasSize(3);
            assertThat(ledger.state().unclaimed())
                    .containsExactly(volume(1, 1, PRESENT).key());
            ledger.accept(change(10, volume(1, 1, PRESENT)));
            assertThat(ledger.state().unclaimed()).isEmpty();
        }
    }

    /** What was terminated and settled since would be new again, and made on an empty disk. */
    @Test
    void aControllerThatWentBackIsRefusedUntilItSpeaksOfALaterEra() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(30, vpc(1, 1, PRESENT)));
            var before = ledger.state();
            assertThatThrownBy(() -> ledger.accept(full(9, vpc(1, 1, PRESENT), volume(1, 1, PRESENT))))
                    .isInstanceOf(WentBackException.class);
            assertThat(ledger.wentBack()).isTrue();
            assertThatThrownBy(() -> ledger.accept(change(10, volume(1, 1, PRESENT))))
                    .isInstanceOf(WentBackException.class);
            ledger.accept(change(9));
            assertThat(ledger.wentBack()).isTrue();
            assertThatThrownBy(() -> ledger.accept(change(31, volume(1, 1, PRESENT))))
                    .as("builds on what was refused")
                    .isInstanceOf(WentBackException.class);
            assertThat(ledger.state()).isEqualTo(before);

            var later = new Era(1).base();
            ledger.accept(full(later + 1, vpc(1, later + 1, PRESENT)));
            assertThat(ledger.wentBack()).isFalse();
            assertThat(ledger.state().revision()).isEqualTo(later + 1);
        }
    }

    /** Its revisions may have come past the host's, by what was asked of it before the host was back. */
    @Test
    void aControllerOfAnotherHistoryIsRefusedThoughItsRevisionIsNotLower() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(30, vpc(1, 2, PRESENT), volume(1, 1, ABSENT)));
            ledger.settle(List.of(new Settlement(volume(1, 1, ABSENT).key(), new Generation(1))));
            var before = ledger.state();
            var denied = Map.of(
                    "it has what ended here", whole(40, 2, vpc(1, 2, PRESENT), volume(1, 1, PRESENT)),
                    "it is behind", whole(40, 1, vpc(1, 1, PRESENT)),
                    "it is ahead without having told", whole(40, 1, vpc(1, 3, PRESENT)),
                    "it has not what is here", whole(40, 0, volume(2, 1, PRESENT)));
            denied.forEach((why, batch) -> {
                assertThatThrownBy(() -> ledger.accept(batch)).as(why).isInstanceOf(WentBackException.class);
                assertThat(ledger.wentBack()).isTrue();
                assertThat(ledger.denies()).isTrue();
                assertThat(ledger.state()).isEqualTo(before);
            });
            assertThatThrownBy(() -> ledger.accept(whole(29, 1, vpc(1, 2, PRESENT))))
                    .isInstanceOf(WentBackException.class);
            assertThat(ledger.denies()).as("its revision says so").isFalse();
            ledger.accept(whole(40, 2, vpc(1, 2, PRESENT), volume(1, 1, ABSENT), volume(2, 1, PRESENT)));
            assertThat(ledger.wentBack()).isFalse();
            assertThat(ledger.state().documents())
                    .containsKey(volume(2, 1, PRESENT).key());
        }
    }

    @Test
    void whatARestoreHasFrozenIsMissedInNoLaterBatch() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(30, vpc(1, 1, PRESENT), volume(1, 1, PRESENT)));
            var later = new Era(1).base();
            ledger.accept(whole(later + 1, 0, vpc(1, later + 1, PRESENT)));
            ledger.accept(whole(later + 1, 1, vpc(1, later + 1, PRESENT)));
            assertThat(ledger.wentBack()).isFalse();
            assertThat(ledger.state().unclaimed())
                    .containsExactly(volume(1, 1, PRESENT).key());
        }
    }

    private static DesiredBatch whole(long revision, int told, HostDocument... documents) {
        return new DesiredBatch(revision, true, List.of(documents), told);
    }

    @Test
    void aControllerThatLosesNothingMaySendEverythingAgain() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(30, vpc(1, 1, PRESENT)));
            ledger.accept(full(30, vpc(1, 1, PRESENT)));
            assertThat(ledger.wentBack()).isFalse();
        }
    }

    @Test
    void forgetsOnlyTheTombstoneThatWasSettled() throws IOException {
        var key = volume(1, 1, ABSENT).key();
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(1, volume(1, 2, ABSENT)));
            ledger.settle(List.of(new Settlement(key, new Generation(1))));
            assertThat(ledger.state().documents()).containsKey(key);
            ledger.accept(change(2, volume(1, 3, PRESENT)));
            ledger.settle(List.of(new Settlement(key, new Generation(3))));
            assertThat(ledger.state().documents()).containsKey(key);
            ledger.made(volumeId(1));
            ledger.accept(change(3, volume(1, 4, ABSENT)));
            ledger.settle(List.of(new Settlement(key, new Generation(4))));
            assertThat(ledger.state().documents()).isEmpty();
            assertThat(ledger.state().made()).isEmpty();
        }
    }

    @Test
    void aSettledOperationNeverComesBack() throws IOException {
        var reboot = operation(1, 1, 1, PRESENT, InstanceVerb.REBOOT, DEADLINE);
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(1, reboot));
            ledger.record(new OperationResult(operationId(1), null, null, DEADLINE));
            assertThat(ledger.state().results()).containsOnlyKeys(operationId(1));
            ledger.settle(List.of(new Settlement(reboot.key(), reboot.generation())));
            assertThat(ledger.state().results()).isEmpty();
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.accept(change(2, reboot))).containsExactly(reboot);
            assertThat(ledger.state().documents()).isEmpty();
        }
    }

    @Test
    void keepsNotes() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(1, volume(1, 1, PRESENT)));
            ledger.made(volumeId(1));
            ledger.made(volumeId(2));
            ledger.halted(instanceId(1), new Generation(7));
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().made()).containsExactly(volumeId(1));
            assertThat(ledger.state().halted()).containsEntry(instanceId(1), new Generation(7));
        }
    }

    @Test
    void staysSmall() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            for (var generation = 1; generation < 2_000; generation++) {
                ledger.accept(change(generation, volume(1, generation, PRESENT), vpc(1, generation, PRESENT)));
            }
            ledger.halted(instanceId(1), new Generation(7));
            assertThat(Files.size(folder.resolve("journal"))).isLessThan(3 << 20);
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().documents().values())
                    .containsExactly(vpc(1, 1_999, PRESENT), volume(1, 1_999, PRESENT));
            assertThat(ledger.state().halted()).hasSize(1);
        }
    }

    @Test
    void twoAgentsCannotShareIt() throws IOException {
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().revision()).isZero();
            assertThatThrownBy(() -> Ledger.open(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another agent works on");
        }
        Ledger.open(folder).close();
    }

    @Test
    void aGuestsPowerOffOutlastsAChangeThatIsNoNewWishToRun() {
        var id = instanceId(1);
        var halted = LedgerStates.halted(
                LedgerStates.of(full(1, instance(1, 1, PRESENT, ON, GRACEFUL))), id, new Generation(1));
        var changed = LedgerStates.accept(halted, change(2, instance(1, 2, PRESENT, ON, GRACEFUL)));
        assertThat(changed.halted()).containsEntry(id, new Generation(2));
        var stopped = LedgerStates.accept(changed, change(3, instance(1, 3, PRESENT, OFF, FORCE)));
        var started = LedgerStates.accept(stopped, change(4, instance(1, 4, PRESENT, ON, GRACEFUL)));
        assertThat(started.halted()).containsEntry(id, new Generation(2));
    }
}
