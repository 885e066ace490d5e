package io.croft.agent.storage;

import io.croft.protocol.HostFacts;
import io.croft.protocol.VolumeSpec;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One storage backend of the host. Calls block and throw {@link StorageException}. */
public interface VolumeStore {
    /** The name of this backend in {@link VolumeSpec#backend()}. */
    String backend();

    /** What the host's operator has to know of it, one sentence each; it keeps volumes all the same. */
    default List<String> warnings() {
        return List.of();
    }

    /** Room in all and left. */
    HostFacts.StoragePool capacity();

    /** All volumes of this backend, each as it is. */
    Map<VolumeId, StoredVolume> list();

    /** The volume as it is; empty when it is proved absent. */
    Optional<StoredVolume> find(VolumeId id);

    /**
     * Makes the volume, or grows it when it is there and smaller. One that a machine has open stays as it is where only that machine can grow it.
     *
     * @param origin gets the verified file of {@link VolumeSpec#image()} or {@link VolumeSpec#snapshot()}, in the format that {@link DiskSource.Format#ofOrigin} says; called only where the volume is to be made as a copy of it and the store has none of its own
     * @return as it is then
     */
    StoredVolume ensure(VolumeSpec spec, Supplier<Path> origin);

    /** Removes the volume for good, and its snapshots. Does nothing when it is absent; refuses while somebody holds it open. */
    void remove(VolumeId id);

    /** Whether it keeps what a volume holds by itself while a machine has that open; otherwise that machine alone can ({@link io.croft.agent.hypervisor.Hypervisor#snapshot}). */
    boolean snapshotsOpen();

    /** The snapshots that are kept here of volumes that are there; a volume that cannot be read is left out. */
    Map<VolumeId, Set<SnapshotId>> snapshots();

    /**
     * Keeps what volumes hold at one moment, each under a name, until it is dropped; whatever becomes of agent, machine and host meanwhile. Does nothing to one that has that name already. The volumes go on being used, grown,
     * and kept again.
     *
     * @throws StorageException also while a machine has the volume open, unless {@link #snapshotsOpen}, and where it cannot keep several that are open as of one moment
     */
    void snapshot(Map<VolumeId, SnapshotId> names);

    /**
     * Opens a snapshot for reading, beside whoever uses the volume. To be used and closed by the calling thread.
     *
     * @throws StorageException when there is none, or others come and go while it is opened
     */
    VolumeReader open(VolumeId volume, SnapshotId name);

    /**
     * Drops a snapshot. Does nothing when there is none of that name, or no such volume.
     *
     * @throws StorageException as {@link #snapshot}
     */
    void drop(VolumeId volume, SnapshotId name);
}
