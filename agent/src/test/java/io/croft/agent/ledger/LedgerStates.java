package io.croft.agent.ledger;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.OperationResult;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.List;

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

    public static LedgerState record(LedgerState state, OperationResult result) {
        return state.with(new LedgerEntry.Recorded(result));
    }

    public static LedgerState settle(LedgerState state, Settlement settlement) {
        return state.with(new LedgerEntry.Settled(List.of(settlement)));
    }

    public static LedgerState halted(LedgerState state, InstanceId instance, Generation generation) {
        return state.with(new LedgerEntry.Halted(instance, generation));
    }

    public static LedgerState made(LedgerState state, VolumeId volume) {
        return state.with(new LedgerEntry.Made(volume));
    }
}
