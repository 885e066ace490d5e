package io.croft.agent.ledger;

import io.croft.protocol.OperationResult;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;

/** What the ledger keeps of what was done and seen on the host. What is noted already changes nothing. */
public interface LedgerNotes {
    /** The operation was carried out, with this result. */
    void record(OperationResult result);

    /** The guest powered itself off while {@code generation} was wanted. */
    void halted(InstanceId instance, Generation generation);

    /** A machine that stays down when it stops by itself ran while {@code generation} was wanted. */
    void ran(InstanceId instance, Generation generation);

    /** The volume is whole. A note lost with the host is made again when the volume is seen. */
    void made(VolumeId volume);
}
