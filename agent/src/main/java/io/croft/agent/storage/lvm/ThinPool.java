package io.croft.agent.storage.lvm;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import io.croft.protocol.HostFacts.StoragePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The thin pool in which everything of ours is. One that we make carries our tag; one that was there is used as it is, if it clears what it gives away. */
final class ThinPool {
    /** The agent looks more often. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private static final String TYPE = "thin-pool";
    private static final String SHARE = "95%FREE";
    private static final String CHUNK = "64k";
    /** A GiB for each TiB, and what a small one needs besides; LVM keeps as much again in reserve, beside the pool. */
    private static final int METADATA_SHARE = 1024;

    private static final int SMALL_SHARE = 64;
    private static final long LEAST_METADATA = 8L << 20;
    private static final long AMPLE_METADATA = 128L << 20;
    private static final long MOST_METADATA = 15L << 30;

    private final VolumeGroup group;
    private final String name;
    private final int fullPercent;
    private volatile @Nullable Look last;

    ThinPool(VolumeGroup group, String name, int fullPercent) {
        this.group = group;
        this.name = name;
        this.fullPercent = fullPercent;
    }

    /** The volumes of the group, with the pool among them, which is made where it is missing and active. */
    List<LogicalVolume> look() {
        var seen = group.volumes();
        if (in(seen).flatMap(LogicalVolume::used).isEmpty()) {
            prepare();
            seen = group.volumes();
        }
        requireZeroes(seen);
        last = new Look(seen, System.nanoTime());
        return seen;
    }

    /** A pool that was there may be one that shows a volume what was in its place before, which may be another tenant's. */
    private void requireZeroes(List<LogicalVolume> seen) {
        if (in(seen).filter(p -> !p.zeroes()).isPresent()) {
            throw VolumeGroup.failed(
                    group.path(name) + " does not clear what it gives away: lvchange --zero y " + group.path(name),
                    null);
        }
    }

    /** The same, as it was when it was last looked, unless that is too long ago: a look costs as much as what is made thereupon. */
    List<LogicalVolume> recent() {
        var known = last;
        return known != null && System.nanoTime() - known.at() < RECENT.toNanos() ? known.volumes() : look();
    }

    /** @param at by the monotonic clock, in nanoseconds */
    private record Look(List<LogicalVolume> volumes, long at) {}

    /** One at a time: two would both find it missing. */
    private synchronized void prepare() {
        var pool = in(group.volumes());
        if (pool.isEmpty()) {
            make();
        } else if (!pool.get().type().equals(TYPE)) {
            throw VolumeGroup.failed(
                    group.path(name) + " is no thin pool but " + pool.get().type(), null);
        } else if (!pool.get().active()) {
            group.change("lvchange", "-ay", group.path(name));
        }
    }

    private void make() {
        var free = group.freeBytes();
        var ample = Math.max(Math.min(AMPLE_METADATA, free / SMALL_SHARE), free / METADATA_SHARE);
        var metadata = Math.clamp(ample, LEAST_METADATA, MOST_METADATA);
        group.change(
                "lvcreate",
                "--type",
                TYPE,
                "-l",
                SHARE,
                "--poolmetadatasize",
                (metadata >> 10) + "k",
                "--chunksize",
                CHUNK,
                "--zero",
                "y",
                "--addtag",
                VolumeGroup.TAG,
                "-n",
                name,
                group.name());
    }

    /** Makes an empty volume, which reads as zeros whatever was in its place before. */
    void make(String volume, long bytes) {
        group.change(
                "lvcreate",
                ours("-V", bytes + "b", "--thinpool", name, "--wipesignatures", "n", "-n", volume, group.name()));
    }

    /** Makes a volume that is as another is now. */
    void copy(String volume, String origin) {
        group.change("lvcreate", ours("-s", "--permission", "rw", "-n", volume, group.path(origin)));
    }

    /** Active now, and by nobody else's doing: not when the host starts, and not when its udev sees the group. */
    private static String[] ours(String... arguments) {
        var always = Stream.of("--addtag", VolumeGroup.TAG, "--setactivationskip", "y", "-K", "-ay");
        return Stream.concat(always, Stream.of(arguments)).toArray(String[]::new);
    }

    /**
     * Where a volume's device is.
     *
     * @throws StorageException when there is none: what is written to its name then would be a file
     */
    Path device(String volume) {
        var device = group.device(volume);
        try {
            if (!Files.readAttributes(device, BasicFileAttributes.class).isOther()) {
                throw VolumeGroup.failed(device + " is no device", null);
            }
        } catch (IOException e) {
            throw VolumeGroup.failed(device + " is not there", e);
        }
        return device;
    }

    private Optional<LogicalVolume> in(List<LogicalVolume> seen) {
        return seen.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    /**
     * How full the pool is.
     *
     * @throws StorageException when it does not tell
     */
    LogicalVolume.Used used(List<LogicalVolume> seen) {
        return in(seen).flatMap(LogicalVolume::used)
                .orElseThrow(() -> VolumeGroup.failed(group.path(name) + " does not tell how full it is", null));
    }

    /** Whether what is made in it now could keep what is there from being written to. */
    boolean full(List<LogicalVolume> seen) {
        var used = used(seen);
        return used.data() >= fullPercent || used.metadata() >= fullPercent;
    }

    void requireRoom(List<LogicalVolume> seen) {
        if (full(seen)) {
            var used = used(seen);
            var message =
                    "the pool %s is full: %.1f %% of its data and %.1f %% of its metadata are taken, and from %d %% on nothing is made or grows"
                            .formatted(group.path(name), used.data(), used.metadata(), fullPercent);
            throw new StorageException(new Failure(Failure.Code.DISK_FULL, message, false), null);
        }
    }

    /** Whether this much more would leave it less than full. */
    boolean takes(long bytes, List<LogicalVolume> seen) {
        return !full(seen)
                && used(seen).data() + 100.0 * bytes / in(seen).orElseThrow().sizeBytes() < fullPercent;
    }

    /** @param bytes that are to be written besides what is taken */
    void requireRoom(long bytes, List<LogicalVolume> seen) {
        requireRoom(seen);
        if (!takes(bytes, seen)) {
            var message =
                    "the pool %s has no room for %d MiB more: %.1f %% of its data are taken, and it is full from %d %% on"
                            .formatted(group.path(name), bytes >> 20, used(seen).data(), fullPercent);
            throw new StorageException(new Failure(Failure.Code.DISK_FULL, message, false), null);
        }
    }

    StoragePool capacity(String backend, List<LogicalVolume> seen) {
        var used = used(seen);
        var total = in(seen).orElseThrow().sizeBytes();
        var provisioned = seen.stream()
                .filter(v -> v.pool().equals(name))
                .mapToLong(LogicalVolume::sizeBytes)
                .sum();
        var free = total - Math.round(total * used.data() / 100);
        return new StoragePool(backend, total, free, provisioned, used.data(), used.metadata());
    }
}
