package io.croft.agent.storage.file;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.files.Durable;
import io.croft.agent.files.PromisedRoom;
import io.croft.agent.nbd.QemuNbd;
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
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link VolumeStore} of qcow2 files. Formats are always said outright: a guest may write any header it likes into its disk. */
public final class FileVolumeStore implements VolumeStore {
    private static final Logger log = LoggerFactory.getLogger(FileVolumeStore.class);
    private static final String SUFFIX = ".qcow2";
    private static final String HALF = ".new";
    private static final String BASE = ".base";
    private static final String SOCKET = ".nbd";
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration COPIED = Duration.ofMinutes(20);
    /** What every disk does, in bytes a second. */
    private static final long SLOWEST = 16 << 20;
    /** Of what {@code stat} counts as taken, in bytes. */
    private static final long BLOCK = 512;

    private final Path folder;
    private final long reserveBytes;
    private final PromisedRoom promised = new PromisedRoom();

    /**
     * @param folder where the files are; made when missing
     * @param reserveBytes free bytes of the file system below which no volume is made or made larger, so that the running ones can still grow
     */
    public FileVolumeStore(Path folder, long reserveBytes) {
        this.folder = folder;
        this.reserveBytes = reserveBytes;
        sweep();
        ids().forEach(this::keepOlder);
    }

    @Override
    public String backend() {
        return "file";
    }

    @Override
    public StoragePool capacity() {
        try {
            var store = Files.getFileStore(folder);
            var provisioned =
                    list().values().stream().mapToLong(StoredVolume::sizeBytes).sum();
            return new StoragePool(backend(), store.getTotalSpace(), store.getUsableSpace(), provisioned, null, null);
        } catch (IOException e) {
            throw failed("the file system of " + folder + " does not tell its size", e);
        }
    }

    @Override
    public Map<VolumeId, StoredVolume> list() {
        var volumes = new HashMap<VolumeId, StoredVolume>();
        for (var id : ids()) {
            find(id).ifPresent(volume -> volumes.put(id, volume));
        }
        return volumes;
    }

    private List<VolumeId> ids() {
        var ids = new ArrayList<VolumeId>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var id = name.substring(0, name.length() - SUFFIX.length());
                if (ResourceId.wellFormed(ResourceType.VOLUME, id)) {
                    ids.add(new VolumeId(id));
                }
            }
        } catch (IOException e) {
            throw failed("cannot list " + folder, e);
        }
        return ids;
    }

    @Override
    public Optional<StoredVolume> find(VolumeId id) {
        return Files.exists(file(id))
                ? Optional.of(new StoredVolume(source(id), sizeIfReadable(id)))
                : Optional.empty();
    }

    /** A file that cannot be read is one volume's trouble, and whoever looks for volumes hears of the others. */
    private long sizeIfReadable(VolumeId id) {
        try {
            return size(id);
        } catch (StorageException e) {
            log.atDebug().addKeyValue("volume", id).setCause(e).log("This volume does not tell its size");
            return 0;
        }
    }

    private long size(VolumeId id) {
        return Qcow2Header.read(file(id)).virtualSize();
    }

    @Override
    public StoredVolume ensure(VolumeSpec spec, Supplier<Path> origin) {
        var id = spec.id();
        if (!Files.exists(file(id))) {
            requireRoom();
            create(spec, spec.origin().isEmpty() ? null : origin.get());
        } else if (size(id) < spec.sizeBytes()) {
            requireRoom();
            if (!QemuLock.held(file(id))) {
                qemuImg(List.of("resize", "-q", "-f", "qcow2", file(id).toString(), Long.toString(spec.sizeBytes())));
            }
        }
        return new StoredVolume(source(id), size(id));
    }

    /** Also what a creation or a removal that was cut in half left of it. */
    @Override
    public void remove(VolumeId id) {
        if (Files.exists(file(id)) && QemuLock.held(file(id))) {
            throw new StorageException(new Failure(Failure.Code.STORAGE, id + " is still open", true), null);
        }
        try {
            for (var file : List.of(file(id), base(id), half(id))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed("cannot remove " + id, e);
        }
    }

    @Override
    public boolean snapshotsOpen() {
        return false;
    }

    /** A file that cannot be read is one volume's trouble. */
    @Override
    public Map<VolumeId, Set<SnapshotId>> snapshots() {
        var found = new HashMap<VolumeId, Set<SnapshotId>>();
        for (var id : ids()) {
            try {
                found.put(id, snapshotsOf(id));
            } catch (StorageException e) {
                log.atWarn().addKeyValue("volume", id).setCause(e).log("This volume does not tell its snapshots");
            }
        }
        return found;
    }

    /** Those that somebody else has made are not ours. */
    private Set<SnapshotId> snapshotsOf(VolumeId id) {
        return table(id).names().stream()
                .filter(name -> ResourceId.wellFormed(ResourceType.SNAPSHOT, name))
                .map(SnapshotId::new)
                .collect(Collectors.toSet());
    }

    private Qcow2Snapshots table(VolumeId id) {
        try {
            return Qcow2Snapshots.read(file(id));
        } catch (IOException e) {
            throw failed("cannot tell the snapshots of " + id, e);
        }
    }

    /** None of them is open, so they hold the same from the first to the last. */
    @Override
    public void snapshot(Map<VolumeId, SnapshotId> names) {
        names.keySet().forEach(this::requireClosed);
        names.forEach((volume, name) -> {
            if (!snapshotsOf(volume).contains(name)) {
                requireRoom();
                change(volume, "-c", name);
            }
        });
    }

    @Override
    public void drop(VolumeId volume, SnapshotId name) {
        if (Files.exists(file(volume)) && snapshotsOf(volume).contains(name)) {
            change(volume, "-d", name);
        }
    }

    private void requireClosed(VolumeId volume) {
        if (QemuLock.held(file(volume))) {
            throw new StorageException(
                    new Failure(Failure.Code.STORAGE, volume + " is open: its machine alone can do that", true), null);
        }
    }

    /** QEMU's own lock keeps it from what a machine opens in the same moment. */
    private void change(VolumeId volume, String verb, SnapshotId name) {
        requireClosed(volume);
        qemuImg(List.of(
                "snapshot",
                "-q",
                verb,
                name.value(),
                "--image-opts",
                "driver=qcow2,file.driver=file,file.filename="
                        + file(volume).toString().replace(",", ",,")));
    }

    /** The table that QEMU reads while it opens the file must be the one that was there before and after: another may lie where that was. */
    @Override
    public VolumeReader open(VolumeId volume, SnapshotId name) {
        var before = table(volume);
        if (!before.names().contains(name.value())) {
            throw new StorageException(
                    new Failure(Failure.Code.STORAGE, volume + " has no snapshot " + name + ".", true), null);
        }
        try {
            var server = QemuNbd.readSnapshot(folder.resolve(name + SOCKET), file(volume), name.value());
            if (before.equals(table(volume))) {
                return new Qcow2Reader(name + " of " + volume, server);
            }
            server.close();
            throw new StorageException(
                    new Failure(Failure.Code.STORAGE, "the snapshots of " + volume + " come and go", true), null);
        } catch (IOException | ExecException e) {
            throw failed("cannot open " + name + " of " + volume, e);
        }
    }

    private void create(VolumeSpec spec, @Nullable Path origin) {
        if (origin != null) {
            keep(origin, spec.id());
        }
        var half = half(spec.id());
        try {
            Qcow2Overlay.write(
                    half,
                    spec.sizeBytes(),
                    origin == null
                            ? null
                            : new Qcow2Overlay.Backing(base(spec.id()), DiskSource.Format.ofOrigin(spec)));
            Durable.rename(folder, half.getFileName().toString(), spec.id() + SUFFIX);
        } catch (IOException e) {
            throw refused("cannot store " + spec.id() + ": " + e.getMessage());
        }
    }

    /**
     * A volume made before images were given lasting names names the cache's own file; as long as that has a second name, the cache lets it be. Beside an image on another
     * file system that name stays when the volume goes, which costs room and no data.
     */
    private void keepOlder(VolumeId id) {
        if (Files.exists(base(id))) {
            return;
        }
        try {
            var name = Qcow2Header.read(file(id)).backingFile();
            if (name != null) {
                var image = Path.of(name);
                var second = beside(image) ? base(id) : image.resolveSibling(base(id).getFileName());
                if (!Files.exists(second)) {
                    Files.createLink(second, image);
                }
            }
        } catch (StorageException | IOException e) {
            log.atError().addKeyValue("volume", id).setCause(e).log("This volume's image may be dropped by the cache");
        }
    }

    /** Gives what a volume is made of a name that lasts as long as the volume, whatever becomes of the cache's; on a file system other than the cache's that takes a copy, as sparse as it is. */
    private void keep(Path origin, VolumeId id) {
        try {
            Files.deleteIfExists(base(id));
            if (beside(origin)) {
                Files.createLink(base(id), origin);
            } else {
                copy(origin, id);
                Durable.rename(folder, id + HALF, id + BASE);
            }
        } catch (FileSystemException e) {
            throw refused(id + " cannot keep what it is made of: " + e.getReason());
        } catch (IOException e) {
            throw failed(id + " cannot keep what it is made of", e);
        }
    }

    private void copy(Path from, VolumeId id) throws IOException {
        var bytes = allocated(from);
        try (var _ = promise(id, bytes)) {
            Exec.runBound(
                            List.of("cp", "--sparse=always", from.toString(), half(id).toString()),
                            COPIED.plusSeconds(bytes / SLOWEST))
                    .orThrow();
        } catch (ExecException e) {
            Files.deleteIfExists(half(id));
            throw refused("cannot copy " + from + ": " + e.getMessage());
        }
    }

    /** Makes sure that the reserve is there once this copy is, and what others are still to write. */
    private PromisedRoom.Promise promise(VolumeId id, long bytes) throws IOException {
        synchronized (promised) {
            var needed = bytes + promised.unwritten();
            requireRoom(needed);
            return promised.to(() -> Math.max(0, bytes - allocated(half(id))));
        }
    }

    /** What a file takes of its file system, in bytes; nothing where there is none. */
    private static long allocated(Path file) {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            var told = Exec.run(List.of("stat", "--format=%b", file.toString()), DEADLINE)
                    .orThrow();
            return Long.parseLong(told.stdout().strip()) * BLOCK;
        } catch (ExecException e) {
            throw failed("cannot tell what " + file + " takes", e);
        }
    }

    private boolean beside(Path image) throws IOException {
        return Files.getFileStore(folder).equals(Files.getFileStore(image));
    }

    private void requireRoom() {
        requireRoom(0);
    }

    private void requireRoom(long bytes) {
        var free = capacity().freeBytes();
        if (free - bytes < reserveBytes) {
            var message = "the disk is full: %d MiB free, %d MiB are needed and %d MiB are kept in reserve"
                    .formatted(free >> 20, bytes >> 20, reserveBytes >> 20);
            throw new StorageException(new Failure(Failure.Code.DISK_FULL, message, false), null);
        }
    }

    private static void qemuImg(List<String> arguments) {
        var argv = new ArrayList<>(List.of("qemu-img"));
        argv.addAll(arguments);
        try {
            var result = Exec.run(argv, DEADLINE);
            if (result.exit() != 0) {
                throw refused(result.stderr().strip());
            }
        } catch (ExecException e) {
            throw failed("qemu-img did not finish", e);
        }
    }

    private static StorageException refused(String message) {
        var full = message.contains("No space left on device");
        var code = full ? Failure.Code.DISK_FULL : Failure.Code.STORAGE;
        return new StorageException(new Failure(code, message, !full), null);
    }

    private static StorageException failed(String message, Exception cause) {
        return new StorageException(new Failure(Failure.Code.STORAGE, message, true), cause);
    }

    /** Only this process makes volumes, so what is half made when it starts, or half removed, is nobody's. */
    private void sweep() {
        try {
            Files.createDirectories(folder);
            try (var halves = Files.newDirectoryStream(folder, "*{" + HALF + "," + BASE + "," + SOCKET + "}")) {
                for (var half : halves) {
                    var name = half.getFileName().toString();
                    if (!name.endsWith(BASE) || !Files.exists(folder.resolve(name.replace(BASE, SUFFIX)))) {
                        Files.delete(half);
                    }
                }
            }
        } catch (IOException e) {
            throw failed("cannot prepare " + folder, e);
        }
    }

    private Path half(VolumeId id) {
        return folder.resolve(id + HALF);
    }

    private Path base(VolumeId id) {
        return folder.resolve(id + BASE);
    }

    private Path file(VolumeId id) {
        return folder.resolve(id + SUFFIX);
    }

    private DiskSource source(VolumeId id) {
        return new DiskSource(DiskSource.Kind.FILE, file(id).toString(), DiskSource.Format.QCOW2);
    }
}
