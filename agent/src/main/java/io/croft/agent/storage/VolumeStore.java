package io.croft.agent.storage;

import io.croft.protocol.HostFacts;
import io.croft.protocol.VolumeSpec;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One storage backend of the host. Calls block and throw {@link StorageException}. */
public interface VolumeStore {
    /** The name of this backend in {@link VolumeSpec#backend()}. */
    String backend();

    /** Room in all and left. */
    HostFacts.StoragePool capacity();

    /** All volumes of this backend. */
    List<VolumeId> list();

    /** Where the volume is; empty when it is proved absent. */
    Optional<DiskSource> find(VolumeId id);

    /**
     * Makes the volume, or grows it when it is there and smaller.
     *
     * @param image the verified image file (qcow2) that it starts as a copy of; null for an empty volume
     */
    DiskSource ensure(VolumeSpec spec, @Nullable Path image);

    /** Removes the volume for good. Does nothing when it is absent; refuses while somebody holds it open. */
    void remove(VolumeId id);
}
