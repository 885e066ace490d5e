package io.croft.agent.storage.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.storage.DiskSource;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeReader;
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.Failure;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.VolumeSpec;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A {@link VolumeStore} in memory, whose volumes hold what {@link #write} put there; keep one across the restarts of an agent. It keeps snapshots itself, whoever has a volume open. */
public final class SimVolumeStore implements VolumeStore {
    private static final int PIECE = 64 * 1024;

    private final Map<VolumeId, Disk> disks = new ConcurrentHashMap<>();
    private final long capacityBytes;
    private final Faults faults;

    /** Makes a store that is full once volumes of {@code capacityBytes} in all are made. */
    public SimVolumeStore(long capacityBytes, Faults faults) {
        this.capacityBytes = capacityBytes;
        this.faults = faults;
    }

    /** What a volume holds, by where each piece begins, and what it held. Never changed. */
    private record Disk(long size, NavigableMap<Long, byte[]> pieces, Map<SnapshotId, Disk> snapshots) {
        Disk grown(long to) {
            return new Disk(to, pieces, snapshots);
        }

        Disk written(long at, byte[] piece) {
            var now = new TreeMap<>(pieces);
            now.put(at, piece);
            return new Disk(size, now, snapshots);
        }

        Disk kept(SnapshotId name) {
            var now = new HashMap<>(snapshots);
            now.putIfAbsent(name, new Disk(size, pieces, Map.of()));
            return new Disk(size, pieces, Map.copyOf(now));
        }

        Disk dropped(SnapshotId name) {
            var now = new HashMap<>(snapshots);
            now.remove(name);
            return new Disk(size, pieces, Map.copyOf(now));
        }
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
        return disks.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        v -> new StoredVolume(source(v.getKey()), v.getValue().size())));
    }

    @Override
    public Optional<StoredVolume> find(VolumeId id) {
        return Optional.ofNullable(disks.get(id)).map(disk -> new StoredVolume(source(id), disk.size()));
    }

    @Override
    public StoredVolume ensure(VolumeSpec spec, Supplier<Path> origin) {
        return faults.around("ensure", () -> {
            if (find(spec.id()).isPresent() || spec.origin().isEmpty()) {
                return allocate(spec, new TreeMap<>());
            }
            var file = origin.get();
            return allocate(spec, spec.snapshot() == null ? new TreeMap<>() : pieces(file));
        });
    }

    /** What a file has that is not zeros. */
    private static NavigableMap<Long, byte[]> pieces(Path file) {
        var pieces = new TreeMap<Long, byte[]>();
        try (var in = Files.newInputStream(file)) {
            var zeros = new byte[PIECE];
            for (var at = 0L; ; at += PIECE) {
                var piece = in.readNBytes(PIECE);
                if (piece.length == 0) {
                    return pieces;
                }
                if (!Arrays.equals(piece, zeros)) {
                    pieces.put(at, Arrays.copyOf(piece, PIECE));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(VolumeId id) {
        faults.around("remove", () -> {
            disks.remove(id);
        });
    }

    @Override
    public boolean snapshotsOpen() {
        return true;
    }

    @Override
    public Map<VolumeId, Set<SnapshotId>> snapshots() {
        return disks.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> e.getValue().snapshots().keySet()));
    }

    @Override
    public void snapshot(Map<VolumeId, SnapshotId> names) {
        faults.around("snapshot", () -> {
            names.forEach((volume, name) -> {
                if (disks.computeIfPresent(volume, (_, disk) -> disk.kept(name)) == null) {
                    throw missing(volume + " is not there");
                }
            });
        });
    }

    @Override
    public VolumeReader open(VolumeId volume, SnapshotId name) {
        return faults.around("open", () -> {
            var disk = disks.get(volume);
            var snapshot = disk == null ? null : disk.snapshots().get(name);
            if (snapshot == null) {
                throw missing(volume + " has no snapshot " + name);
            }
            return new Reader(snapshot);
        });
    }

    @Override
    public void drop(VolumeId volume, SnapshotId name) {
        faults.around("drop", () -> {
            disks.computeIfPresent(volume, (_, disk) -> disk.dropped(name));
        });
    }

    private static StorageException missing(String message) {
        return new StorageException(new Failure(Failure.Code.STORAGE, message, true), null);
    }

    /** A guest writes; {@code at} is a multiple of 64 KiB, of which {@code bytes} has as many. */
    public void write(VolumeId volume, long at, byte[] bytes) {
        if (at % PIECE != 0 || bytes.length != PIECE) {
            throw new IllegalArgumentException(bytes.length + " bytes at " + at);
        }
        if (disks.computeIfPresent(volume, (_, disk) -> disk.written(at, bytes.clone())) == null) {
            throw new IllegalArgumentException("no " + volume);
        }
    }

    private final class Reader implements VolumeReader {
        private final Disk disk;

        Reader(Disk disk) {
            this.disk = disk;
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public Optional<Piece> data(long from) {
            return Optional.ofNullable(disk.pieces().ceilingKey(from - from % PIECE))
                    .map(at -> Math.max(at, from))
                    .map(at -> new Piece(at, PIECE - at % PIECE));
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            faults.around("read", () -> {
                for (var at = offset; into.hasRemaining(); ) {
                    var piece = disk.pieces().getOrDefault(at - at % PIECE, new byte[PIECE]);
                    var begin = (int) (at % PIECE);
                    var length = Math.min(PIECE - begin, into.remaining());
                    into.put(piece, begin, length);
                    at += length;
                }
            });
        }

        @Override
        public void close() {}
    }

    private synchronized StoredVolume allocate(VolumeSpec spec, NavigableMap<Long, byte[]> begins) {
        var known = disks.getOrDefault(spec.id(), new Disk(0, begins, Map.of()));
        var more = spec.sizeBytes() - known.size();
        if (more > 0) {
            if (used() + more > capacityBytes) {
                throw new StorageException(
                        new Failure(Failure.Code.DISK_FULL, "no room for " + more + " bytes more", true), null);
            }
            disks.merge(spec.id(), known.grown(spec.sizeBytes()), (disk, grown) -> disk.grown(grown.size()));
        }
        return find(spec.id()).orElseThrow();
    }

    private long used() {
        return disks.values().stream().mapToLong(Disk::size).sum();
    }

    private static DiskSource source(VolumeId id) {
        return new DiskSource(DiskSource.Kind.FILE, "/sim/" + id, DiskSource.Format.QCOW2);
    }
}
