package io.croft.agent.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The cached images and snapshots that no volume is made from, as the file system counts it: a volume keeps its image by a name of its own, so a file with one name has no user,
 * and to take that name away from a file that found a user meanwhile loses nothing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7), st_nlink</a>
 */
final class UnusedImages {
    static final String SUFFIX = ".qcow2";
    static final String RAW = ".raw";
    static final String PART = ".part";
    private static final Duration KEPT = Duration.ofDays(7);

    private final Path folder;

    UnusedImages(Path folder) {
        this.folder = folder;
    }

    /** Removes those that nobody asked for in a week, and what a fetch left that long ago. */
    void expire(Instant now) throws IOException {
        for (var image : oldestFirst("*{" + SUFFIX + "," + RAW + "," + PART + "}")) {
            if (image.asked().isBefore(now.minus(KEPT))) {
                Files.deleteIfExists(image.file());
            }
        }
    }

    /** Removes as many as it takes until the file system has that many bytes free, the longest unasked for first; the free bytes then. */
    long free(long bytes) throws IOException {
        for (var image : oldestFirst("*{" + SUFFIX + "," + RAW + "}")) {
            if (usable() >= bytes) {
                break;
            }
            Files.deleteIfExists(image.file());
        }
        return usable();
    }

    private long usable() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** @param asked when it was last asked for */
    private record Image(Path file, Instant asked) {}

    private List<Image> oldestFirst(String names) throws IOException {
        try (var files = Files.newDirectoryStream(folder, names)) {
            var images = new ArrayList<Image>();
            for (var file : files) {
                unused(file).ifPresent(images::add);
            }
            images.sort(Comparator.comparing(Image::asked));
            return images;
        }
    }

    private static Optional<Image> unused(Path file) throws IOException {
        try {
            return (int) Files.getAttribute(file, "unix:nlink") == 1
                    ? Optional.of(
                            new Image(file, Files.getLastModifiedTime(file).toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException removedByAnotherFetch) {
            return Optional.empty();
        }
    }
}
