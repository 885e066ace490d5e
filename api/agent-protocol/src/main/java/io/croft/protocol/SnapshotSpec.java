package io.croft.protocol;

import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.List;

/**
 * A snapshot that this host takes of a volume that it keeps, and sends to the controller block by block. The host has it from the moment at which it was taken until its tombstone.
 *
 * @param backend the storage driver of the volume
 * @param sizeBytes the volume's when it is taken
 * @param together the snapshots that are taken at one moment with it, itself among them
 * @param taken whether the host has said that it has it; one that is not there any more is lost then, and is not taken again
 */
public record SnapshotSpec(
        SnapshotId id,
        AccountId account,
        Generation generation,
        Presence presence,
        VolumeId volume,
        String backend,
        long sizeBytes,
        List<SnapshotId> together,
        boolean taken)
        implements HostDocument {
    public SnapshotSpec {
        together = List.copyOf(together);
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.SNAPSHOT, id.value());
    }
}
