package io.croft.agent.storage.lvm;

import io.croft.agent.storage.DiskSource;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeReader;
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.Failure;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.VolumeSpec;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link VolumeStore} of thin logical volumes, each named by its volume's id. */
public final class LvmVolumeStore implements VolumeStore {
    /** What {@link VolumeSpec#backend()} calls it. */
    public static final String BACKEND = "lvm";

    private static final Failure SEVERAL = new Failure(
            Failure.Code.STORAGE,
            "Several volumes of a machine that runs are not kept as of one moment on LVM.",
            false);

    private static final Logger log = LoggerFactory.getLogger(LvmVolumeStore.class);

    private final VolumeGroup group;
    private final ThinPool pool;
    private final OriginBases bases;

    /**
     * Touches nothing yet: the group may come later than the agent.
     *
     * @param group the volume group's name
     * @param pool the thin pool's name in it; one that is not there is made
     * @param fullPercent of the pool's data or metadata: nothing is made or made larger from there on
     */
    public LvmVolumeStore(String group, String pool, int fullPercent, InstantSource clock) {
        this.group = new VolumeGroup(group);
        this.pool = new ThinPool(this.group, pool, fullPercent);
        this.bases = new OriginBases(this.group, this.pool, clock);
    }

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public List<String> warnings() {
        return group.scansVolumes()
                ? List.of(
                        "The host's lvm.conf has devices/scan_lvs=1: its own LVM commands look for volume groups inside the guests' disks, and take what they find for its own. Set it to 0.")
                : List.of();
    }

    @Override
    public StoragePool capacity() {
        return pool.capacity(backend(), pool.look());
    }

    /** Those that are not active, as after the host's start, are made so, and what is half made and nobody's goes. */
    @Override
    public Map<VolumeId, StoredVolume> list() {
        var seen = pool.look();
        bases.sweep(seen);
        activateIfAble(seen.stream().filter(v -> isVolume(v) && !v.active()).toList());
        var volumes = new HashMap<VolumeId, StoredVolume>();
        seen.stream().filter(LvmVolumeStore::isVolume).forEach(v -> volumes.put(new VolumeId(v.name()), stored(v)));
        return volumes;
    }

    private static boolean isVolume(LogicalVolume volume) {
        return volume.ours() && ResourceId.wellFormed(ResourceType.VOLUME, volume.name());
    }

    /** One that cannot be is one volume's trouble: its machine does not start without its device. */
    private void activateIfAble(List<LogicalVolume> volumes) {
        try {
            activate(volumes);
        } catch (StorageException e) {
            log.atWarn().setCause(e).log("Not all volumes can be made active");
        }
    }

    private void activate(LogicalVolume volume) {
        activate(List.of(volume));
    }

    /** All by one command: after the host's start there are many. */
    private void activate(List<LogicalVolume> volumes) {
        if (!volumes.isEmpty()) {
            var paths = volumes.stream().map(v -> group.path(v.name()));
            group.change(
                    "lvchange", Stream.concat(Stream.of("-ay", "-K"), paths).toArray(String[]::new));
        }
    }

    @Override
    public Optional<StoredVolume> find(VolumeId id) {
        return find(id, pool.look()).map(this::stored);
    }

    private static Optional<LogicalVolume> find(VolumeId id, List<LogicalVolume> seen) {
        return seen.stream()
                .filter(v -> isVolume(v) && v.name().equals(id.value()))
                .findFirst();
    }

    @Override
    public StoredVolume ensure(VolumeSpec spec, Supplier<Path> origin) {
        var recent = pool.recent();
        if (find(spec.id(), recent).isEmpty()) {
            try {
                return create(spec, origin, recent);
            } catch (StorageException e) {
                // It may be there since.
                if (find(spec.id()).isEmpty()) {
                    throw e;
                }
            }
        }
        var seen = pool.look();
        var there = find(spec.id(), seen);
        return there.isPresent() ? keep(there.get(), spec, seen) : create(spec, origin, seen);
    }

    private StoredVolume keep(LogicalVolume volume, VolumeSpec spec, List<LogicalVolume> seen) {
        if (!volume.active()) {
            activate(volume);
        }
        if (volume.sizeBytes() >= spec.sizeBytes()) {
            return stored(volume);
        }
        var _ = requireRoom(seen);
        grow(spec);
        return find(spec.id()).orElseThrow(() -> VolumeGroup.failed(spec.id() + " vanished as it grew", null));
    }

    /** Cut in half it is there and too small, and grows the next time. */
    private StoredVolume create(VolumeSpec spec, Supplier<Path> origin, List<LogicalVolume> before) {
        var seen = requireRoom(before);
        var name = spec.id().value();
        if (spec.origin().isEmpty()) {
            pool.make(name, spec.sizeBytes());
            return stored(spec.id(), spec.sizeBytes());
        }
        var base = bases.require(spec.origin().get(), DiskSource.Format.ofOrigin(spec), origin, seen);
        pool.copy(name, base.name());
        if (base.sizeBytes() < spec.sizeBytes()) {
            grow(spec);
        }
        return stored(spec.id(), Math.max(base.sizeBytes(), spec.sizeBytes()));
    }

    /** In a full pool bases that nobody uses, and halves that nobody writes, make room; returns a look of after that. */
    private List<LogicalVolume> requireRoom(List<LogicalVolume> seen) {
        if (!pool.full(seen)) {
            return seen;
        }
        bases.dropUnused(pool.look());
        var now = pool.look();
        pool.requireRoom(now);
        return now;
    }

    private void grow(VolumeSpec spec) {
        group.change(
                "lvextend", "-L", spec.sizeBytes() + "b", group.path(spec.id().value()));
    }

    /** A thin snapshot of a volume that is open has what its device held: the device is halted for the moment. */
    @Override
    public boolean snapshotsOpen() {
        return true;
    }

    @Override
    public Map<VolumeId, Set<SnapshotId>> snapshots() {
        var seen = pool.look();
        var found = new HashMap<VolumeId, Set<SnapshotId>>();
        seen.stream().filter(LvmVolumeStore::isVolume).forEach(v -> {
            var own =
                    snapshots(v.name(), seen).map(s -> new SnapshotId(s.name())).collect(Collectors.toSet());
            found.put(new VolumeId(v.name()), own);
        });
        return found;
    }

    private static Stream<LogicalVolume> snapshots(String volume, List<LogicalVolume> seen) {
        return seen.stream().filter(v -> isSnapshot(v) && v.origin().equals(volume));
    }

    private static boolean isSnapshot(LogicalVolume volume) {
        return volume.ours() && ResourceId.wellFormed(ResourceType.SNAPSHOT, volume.name());
    }

    private static Optional<LogicalVolume> find(VolumeId volume, SnapshotId name, List<LogicalVolume> seen) {
        return snapshots(volume.value(), seen)
                .filter(s -> s.name().equals(name.value()))
                .findFirst();
    }

    /** One after the other: what is written meanwhile to one that is open would be in some of them alone. */
    @Override
    public void snapshot(Map<VolumeId, SnapshotId> names) {
        var seen = pool.look();
        if (names.size() > 1
                && names.keySet().stream().flatMap(v -> find(v, seen).stream()).anyMatch(LogicalVolume::open)) {
            throw new StorageException(SEVERAL, null);
        }
        names.forEach((volume, name) -> {
            if (find(volume, name, seen).isEmpty()) {
                var _ = requireRoom(seen);
                pool.copy(name.value(), volume.value());
            }
        });
    }

    @Override
    public VolumeReader open(VolumeId volume, SnapshotId name) {
        var snapshot = find(volume, name, pool.look())
                .orElseThrow(() -> VolumeGroup.failed(volume + " has no snapshot " + name + ".", null));
        if (!snapshot.active()) {
            activate(snapshot);
        }
        return DeviceReader.open(pool.device(snapshot.name()), snapshot.sizeBytes());
    }

    @Override
    public void drop(VolumeId volume, SnapshotId name) {
        var seen = pool.look();
        find(volume, name, seen).ifPresent(s -> group.remove(List.of(s.name()), seen));
    }

    /** Its room is the pool's again at once, and reads as zeros to whoever gets it. */
    @Override
    public void remove(VolumeId id) {
        var seen = pool.look();
        var there = find(id, seen);
        if (there.isEmpty()) {
            return;
        }
        if (there.get().open()) {
            throw new StorageException(new Failure(Failure.Code.STORAGE, id + " is still open", true), null);
        }
        var all = Stream.concat(snapshots(id.value(), seen).map(LogicalVolume::name), Stream.of(id.value()));
        group.remove(all.toList(), seen);
    }

    private StoredVolume stored(LogicalVolume volume) {
        return stored(new VolumeId(volume.name()), volume.sizeBytes());
    }

    private StoredVolume stored(VolumeId id, long bytes) {
        var device = group.device(id.value()).toString();
        return new StoredVolume(new DiskSource(DiskSource.Kind.BLOCK, device, DiskSource.Format.RAW), bytes);
    }
}
