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

    /** The volume as it is; empty when it is proved absent. */
    Optional<StoredVolume> find(VolumeId id);

    /**
     * Makes the volume, or grows it when it is there and smaller. One that a machine has open stays as it is where only that machine can grow it.
     *
     * @param image the verified image file (qcow2) that it starts as a copy of; null for an empty volume, and where it is there
     * @return as it is then
     */
    StoredVolume ensure(VolumeSpec spec, @Nullable Path image);

    /** Removes the volume for good. Does nothing when it is absent; refuses while somebody holds it open. */
    void remove(VolumeId id);
}
