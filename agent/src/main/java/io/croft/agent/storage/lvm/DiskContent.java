package io.croft.agent.storage.lvm;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.exec.ExecResult;
import io.croft.agent.storage.DiskSource.Format;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a disk that lies in a file has, through {@code qemu-img}, which dies with the agent: what it writes to would otherwise be open yet when the next agent comes.
 *
 * @param sizeBytes of the disk
 * @param extents where it may be other than zeros, in order and apart from each other
 */
record DiskContent(Path file, Format format, long sizeBytes, List<Extent> extents) {
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    /** What every disk does, in bytes a second. */
    private static final long SLOWEST = 16 << 20;
    /** What a pool gives away at once, in bytes: most do. */
    private static final long CHUNK = 64 << 10;
    /** So many bytes are compared in less time than it takes to start once more. */
    private static final long GAP = 16 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    DiskContent {
        extents = List.copyOf(extents);
    }

    /** Bytes of a disk from one offset to another. */
    record Extent(long from, long to) {
        private long length() {
            return to - from;
        }
    }

    /**
     * Looks at a file.
     *
     * @throws StorageException IMAGE_UNUSABLE for one that needs others
     */
    static DiskContent of(Path file, Format format) {
        var info = JSON.readTree(qemuImg(DEADLINE, "info", "--output", "json", "-f", format.qemuName(), file.toString())
                .stdout());
        if (info.has("backing-filename")
                || info.at("/format-specific/data/data-file").isString()) {
            var failure = new Failure(Failure.Code.IMAGE_UNUSABLE, file.getFileName() + " needs other files", false);
            throw new StorageException(failure, null);
        }
        var size = info.path("virtual-size").asLong();
        return new DiskContent(file, format, size, extents(file, format, size));
    }

    /** One that is in too many pieces to tell them is taken for full. */
    private static List<Extent> extents(Path file, Format format, long size) {
        var map = qemuImg(DEADLINE, "map", "--output", "json", "-f", format.qemuName(), file.toString());
        if (map.truncated()) {
            return List.of(new Extent(0, size));
        }
        var found = new ArrayList<Extent>();
        for (var piece : JSON.readTree(map.stdout())) {
            if (piece.path("data").asBoolean() && !piece.path("zero").asBoolean()) {
                var from = piece.path("start").asLong();
                var to = from + piece.path("length").asLong();
                found.add(new Extent(from - from % CHUNK, Math.min(size, (to + CHUNK - 1) / CHUNK * CHUNK)));
            }
        }
        return joined(found, 0);
    }

    private static List<Extent> joined(List<Extent> extents, long gap) {
        var joined = new ArrayList<Extent>();
        for (var extent : extents) {
            if (!joined.isEmpty() && extent.from() - joined.getLast().to() <= gap) {
                joined.add(new Extent(joined.removeLast().from(), extent.to()));
            } else {
                joined.add(extent);
            }
        }
        return joined;
    }

    /** What it takes of a pool, at most. */
    long bytes() {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    /** Writes it to a device that is at least as large and reads as zeros, and compares what was written. */
    void write(Path device) {
        qemuImg(
                deadline(bytes()),
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
                device.toString());
        joined(extents, GAP).forEach(e -> compare(device, e));
    }

    /** What lies between extents was not written: it is what the pool gives away. */
    private void compare(Path device, Extent extent) {
        qemuImg(
                deadline(extent.length()),
                "compare",
                "--image-opts",
                part(extent, format == Format.RAW ? "file." : "file.driver=" + format.qemuName() + ",file.file.", file),
                part(extent, "file.", device));
    }

    private static String part(Extent extent, String protocol, Path path) {
        return "driver=raw,offset=%d,size=%d,%sfilename=%s"
                .formatted(
                        extent.from(),
                        extent.length(),
                        protocol,
                        path.toString().replace(",", ",,"));
    }

    private static Duration deadline(long bytes) {
        return DEADLINE.plusSeconds(bytes / SLOWEST);
    }

    private static ExecResult qemuImg(Duration deadline, String... arguments) {
        var argv = Stream.concat(Stream.of("qemu-img"), Stream.of(arguments)).toList();
        try {
            return Exec.runBound(argv, deadline).orThrow();
        } catch (ExecException e) {
            throw VolumeGroup.failed("qemu-img did not do it: " + e.getMessage(), e);
        }
    }
}
