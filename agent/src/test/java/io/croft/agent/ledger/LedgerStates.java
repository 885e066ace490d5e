package io.croft.agent.ledger;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.OperationResult;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The ledger's states without a disk, for tests of what works from them. */
public final class LedgerStates {
    private LedgerStates() {}

    public static LedgerState of(DesiredBatch... batches) {
        var state = LedgerState.EMPTY;
        for (var batch : batches) {
            state = accept(state, batch);
        }
        return state;
    }

    public static LedgerState accept(LedgerState state, DesiredBatch batch) {
        return state.with(new LedgerEntry.Accepted(batch));
    }

    public static LedgerState settle(LedgerState state, Settlement settlement) {
        return state.with(new LedgerEntry.Settled(List.of(settlement)));
    }

    public static LedgerState halted(LedgerState state, InstanceId instance, Generation generation) {
        return state.with(new LedgerEntry.Halted(instance, generation));
    }

    public static LedgerState passed(LedgerState state, long fence) {
        return state.with(new LedgerEntry.Passed(fence));
    }

    public static LedgerState heard(LedgerState state, String boot) {
        return state.with(new LedgerEntry.Heard(boot));
    }

    public static LedgerState made(LedgerState state, VolumeId volume) {
        return state.with(new LedgerEntry.Made(volume));
    }

    /** Takes notes as the ledger does. {@code change} gets what each makes of a state. */
    public static LedgerNotes notes(Consumer<UnaryOperator<LedgerState>> change) {
        return new LedgerNotes() {
            @Override
            public void record(OperationResult result) {
                note(new LedgerEntry.Recorded(result));
            }

            @Override
            public void halted(InstanceId instance, Generation generation) {
                note(new LedgerEntry.Halted(instance, generation));
            }

            @Override
            public void ran(InstanceId instance, Generation generation) {
                note(new LedgerEntry.Ran(instance, generation));
            }

            @Override
            public void made(VolumeId volume) {
                note(new LedgerEntry.Made(volume));
            }

            private void note(LedgerEntry entry) {
                change.accept(state -> state.with(entry));
            }
        };
    }
}
