package io.croft.agent.storage;

import io.croft.protocol.HostFacts;
import io.croft.protocol.VolumeSpec;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param image gets the verified file (qcow2) of {@link VolumeSpec#image()}; called only where the volume is to be made as a copy of it and the store has none of its own
     * @return as it is then
     */
    StoredVolume ensure(VolumeSpec spec, Supplier<Path> image);

    /** Removes the volume for good. Does nothing when it is absent; refuses while somebody holds it open. */
    void remove(VolumeId id);
}
