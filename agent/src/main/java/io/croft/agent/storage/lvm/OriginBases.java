package io.croft.agent.storage.lvm;

import io.croft.agent.storage.DiskSource.Format;
import io.croft.agent.storage.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images and snapshots that volumes are made of, as this host has them on LVM: each written once, compared with what it was written from, and never to be written again. It is not active, so nobody can open it.
 * One that no volume is made from any more goes when another is written and it is a week old, or the pool is full.
 */
final class OriginBases {
    private static final Logger LOG = LoggerFactory.getLogger(OriginBases.class);
    private static final String PREFIX = "image-";
    private static final String HALF = "new-";
    private static final Duration KEPT = Duration.ofDays(7);

    private final VolumeGroup group;
    private final ThinPool pool;
    private final InstantSource clock;
    private final Map<String, ReentrantLock> writing = new ConcurrentHashMap<>();
    /** What each that is being written takes of the pool in the end, in bytes, by its half's name. */
    private final Map<String, Long> promised = new HashMap<>();

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
     * @throws StorageException DISK_FULL when it would fill the pool
     */
    LogicalVolume require(String origin, Format format, Supplier<Path> file, List<LogicalVolume> seen) {
        var there = find(origin, seen);
        if (there.isPresent()) {
            return there.get();
        }
        var lock = lock(origin);
        lock.lock();
        try {
            var now = group.volumes();
            return find(origin, now).orElseGet(() -> write(origin, format, file.get(), now));
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(String origin) {
        return writing.computeIfAbsent(origin, _ -> new ReentrantLock());
    }

    private static Optional<LogicalVolume> find(String origin, List<LogicalVolume> seen) {
        return named(PREFIX + origin, seen);
    }

    private static Optional<LogicalVolume> named(String name, List<LogicalVolume> seen) {
        return seen.stream().filter(v -> v.ours() && v.name().equals(name)).findFirst();
    }

    /** Removes the halves that nobody is writing, and the bases that nothing is made from and that are older than a week, or all of those when the pool is full. */
    void dropUnused(List<LogicalVolume> seen) {
        sweep(seen);
        drop(pool.full(seen) ? Instant.MAX : clock.instant().minus(KEPT), seen);
    }

    private void drop(Instant before, List<LogicalVolume> seen) {
        seen.stream()
                .filter(v -> v.ours() && v.name().startsWith(PREFIX))
                .filter(v -> seen.stream().noneMatch(user -> user.origin().equals(v.name())))
                .filter(v -> v.created().isBefore(before))
                .forEach(v -> drop(v, seen));
    }

    /** Removes what writings that were cut in half left. */
    void sweep(List<LogicalVolume> seen) {
        seen.stream().filter(v -> v.ours() && v.name().startsWith(HALF)).forEach(v -> dropUnlessWritten(v, seen));
    }

    private void dropUnlessWritten(LogicalVolume half, List<LogicalVolume> seen) {
        var lock = lock(half.name().substring(HALF.length()));
        if (lock.tryLock()) {
            try {
                drop(half, seen);
            } finally {
                lock.unlock();
            }
        }
    }

    /** One that somebody has open can go another time. */
    private void drop(LogicalVolume base, List<LogicalVolume> seen) {
        if (base.open()) {
            LOG.atInfo().addKeyValue("volume", base.name()).log("What nobody uses is open, and stays for now");
            return;
        }
        try {
            group.remove(List.of(base.name()), seen);
        } catch (StorageException e) {
            LOG.atWarn().addKeyValue("volume", base.name()).setCause(e).log("What nobody uses stays");
        }
    }

    private LogicalVolume write(String origin, Format format, Path file, List<LogicalVolume> seen) {
        var half = HALF + origin;
        dropUnused(seen);
        var content = DiskContent.of(file, format);
        promise(half, content.bytes());
        try {
            pool.make(half, content.sizeBytes());
            content.write(pool.device(half));
            group.change("lvchange", "-an", group.path(half));
            group.change("lvchange", "-pr", group.path(half));
            group.change("lvrename", group.name(), half, PREFIX + origin);
        } catch (StorageException e) {
            giveUp(half, e);
            throw e;
        } finally {
            keep(half);
        }
        return find(origin, group.volumes())
                .orElseThrow(() -> VolumeGroup.failed(origin + " is not where it was written", null));
    }

    /** Makes sure that the pool is not full once it has this, and what others are still to write. */
    private void promise(String half, long bytes) {
        synchronized (promised) {
            var seen = pool.look();
            if (!pool.takes(bytes + unwritten(seen), seen)) {
                drop(Instant.MAX, seen);
                seen = pool.look();
                pool.requireRoom(bytes + unwritten(seen), seen);
            }
            promised.put(half, bytes);
        }
    }

    private long unwritten(List<LogicalVolume> seen) {
        return promised.entrySet().stream()
                .mapToLong(p -> Math.max(
                        0,
                        p.getValue()
                                - named(p.getKey(), seen)
                                        .map(LogicalVolume::writtenBytes)
                                        .orElse(0L)))
                .sum();
    }

    private void keep(String half) {
        synchronized (promised) {
            promised.remove(half);
        }
    }

    /** What cannot be removed now is swept later. */
    private void giveUp(String half, StorageException why) {
        try {
            var seen = group.volumes();
            if (named(half, seen).isPresent()) {
                group.remove(List.of(half), seen);
            }
        } catch (StorageException e) {
            why.addSuppressed(e);
        }
    }
}
