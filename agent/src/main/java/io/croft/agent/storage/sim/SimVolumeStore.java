package io.croft.agent.storage.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.storage.DiskSource;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.Failure;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.VolumeSpec;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A {@link VolumeStore} whose volumes are only sizes; keep one across the restarts of an agent. */
public final class SimVolumeStore implements VolumeStore {
    private final Map<VolumeId, Long> sizes = new ConcurrentHashMap<>();
    private final long capacityBytes;
    private final Faults faults;

    /** Makes a store that is full once volumes of {@code capacityBytes} in all are made. */
    public SimVolumeStore(long capacityBytes, Faults faults) {
        this.capacityBytes = capacityBytes;
        this.faults = faults;
    }

    @Override
    public String backend() {
        return "file";
    }

    @Override
    public StoragePool capacity() {
        return new StoragePool(backend(), capacityBytes, capacityBytes - used());
    }

    @Override
    public Map<VolumeId, StoredVolume> list() {
        return sizes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, v -> new StoredVolume(source(v.getKey()), v.getValue())));
    }

    @Override
    public Optional<StoredVolume> find(VolumeId id) {
        return Optional.ofNullable(sizes.get(id)).map(size -> new StoredVolume(source(id), size));
    }

    @Override
    public StoredVolume ensure(VolumeSpec spec, Supplier<Path> image) {
        return faults.around("ensure", () -> {
            if (spec.image() != null && find(spec.id()).isEmpty()) {
                var _ = image.get();
            }
            return allocate(spec);
        });
    }

    @Override
    public void remove(VolumeId id) {
        faults.around("remove", () -> {
            sizes.remove(id);
        });
    }

    private synchronized StoredVolume allocate(VolumeSpec spec) {
        var more = spec.sizeBytes() - sizes.getOrDefault(spec.id(), 0L);
        if (more > 0) {
            if (used() + more > capacityBytes) {
                throw new StorageException(
                        new Failure(Failure.Code.DISK_FULL, "no room for " + more + " bytes more", true), null);
            }
            sizes.put(spec.id(), spec.sizeBytes());
        }
        return find(spec.id()).orElseThrow();
    }

    private long used() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static DiskSource source(VolumeId id) {
        return new DiskSource(DiskSource.Kind.FILE, "/sim/" + id, DiskSource.Format.QCOW2);
    }
}
