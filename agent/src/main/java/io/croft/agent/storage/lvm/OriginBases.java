package io.croft.agent.storage.lvm;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.storage.DiskSource.Format;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images and snapshots that volumes are made of, as this host has them on LVM: each written once, compared with what it was written from, and never to be written again. It is not active, so nobody can open it.
 * One that no volume is made from any more goes when another is written and it is a week old, or the pool is full.
 */
final class OriginBases {
    private static final Logger LOG = LoggerFactory.getLogger(OriginBases.class);
    private static final String PREFIX = "image-";
    private static final String HALF = "new-";
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final VolumeGroup group;
    private final ThinPool pool;
    private final InstantSource clock;
    private final Map<String, Object> writing = new ConcurrentHashMap<>();

    OriginBases(VolumeGroup group, ThinPool pool, InstantSource clock) {
        this.group = group;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * A base, which is written where it is missing; concurrent callers share that.
     *
     * @param origin what it has, see {@link io.croft.protocol.VolumeSpec#origin()}
     * @param format of {@code file}
     * @param file gets what it is written from
     */
    LogicalVolume require(String origin, Format format, Supplier<Path> file, List<LogicalVolume> seen) {
        var there = find(origin, seen);
        if (there.isPresent()) {
            return there.get();
        }
        synchronized (writing.computeIfAbsent(origin, _ -> new Object())) {
            var now = group.volumes();
            return find(origin, now).orElseGet(() -> write(origin, format, file.get(), now));
        }
    }

    private static Optional<LogicalVolume> find(String origin, List<LogicalVolume> seen) {
        return seen.stream()
                .filter(v -> v.ours() && v.name().equals(PREFIX + origin))
                .findFirst();
    }

    /** Removes the bases that nothing is made from and that are older than a week, or all of those when the pool is full. */
    void dropUnused(List<LogicalVolume> seen) {
        var old = clock.instant().minus(KEPT);
        var full = pool.full(seen);
        seen.stream()
                .filter(v -> v.ours() && v.name().startsWith(PREFIX))
                .filter(v -> seen.stream().noneMatch(user -> user.origin().equals(v.name())))
                .filter(v -> full || v.created().isBefore(old))
                .forEach(v -> drop(v, seen));
    }

    /** One that somebody has open can go another time. */
    private void drop(LogicalVolume base, List<LogicalVolume> seen) {
        try {
            group.remove(List.of(base.name()), seen);
        } catch (StorageException e) {
            LOG.atWarn().addKeyValue("volume", base.name()).setCause(e).log("A base that nobody uses stays");
        }
    }

    private LogicalVolume write(String origin, Format format, Path file, List<LogicalVolume> seen) {
        var half = HALF + origin;
        dropUnused(seen);
        sweep(half, seen);
        pool.make(half, virtualSize(file, format));
        var device = pool.device(half).toString();
        qemuImg(
                "convert",
                "-n",
                "--target-is-zero",
                "-W",
                "-f",
                format.qemuName(),
                "-O",
                "raw",
                "-t",
                "none",
                file.toString(),
                device);
        qemuImg("compare", "-f", format.qemuName(), "-F", "raw", file.toString(), device);
        group.change("lvchange", "-an", group.path(half));
        group.change("lvchange", "-pr", group.path(half));
        group.change("lvrename", group.name(), half, PREFIX + origin);
        return find(origin, group.volumes())
                .orElseThrow(() -> VolumeGroup.failed(origin + " is not where it was written", null));
    }

    /** Removes what writings that were cut in half left; to be called while none is under way. */
    void sweep(List<LogicalVolume> seen) {
        seen.stream().map(LogicalVolume::name).filter(n -> n.startsWith(HALF)).forEach(n -> sweep(n, seen));
    }

    private void sweep(String half, List<LogicalVolume> seen) {
        if (seen.stream().anyMatch(v -> v.ours() && v.name().equals(half))) {
            group.remove(List.of(half), seen);
        }
    }

    private static long virtualSize(Path file, Format format) {
        var info = JSON.readTree(qemuImg("info", "--output", "json", "-f", format.qemuName(), file.toString()));
        if (info.has("backing-filename")
                || info.at("/format-specific/data/data-file").isString()) {
            var failure = new Failure(Failure.Code.IMAGE_UNUSABLE, file.getFileName() + " needs other files", false);
            throw new StorageException(failure, null);
        }
        return info.path("virtual-size").asLong();
    }

    private static String qemuImg(String... arguments) {
        var argv = Stream.concat(Stream.of("qemu-img"), Stream.of(arguments)).toList();
        try {
            return Exec.run(argv, DEADLINE).orThrow().stdout();
        } catch (ExecException e) {
            throw VolumeGroup.failed("qemu-img did not do it: " + e.getMessage(), e);
        }
    }
}
