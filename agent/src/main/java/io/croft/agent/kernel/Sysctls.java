package io.croft.agent.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The host's sysctls that we set, and the values that they had before. Keys are paths under /proc/sys, such as {@code net/ipv4/ip_forward}. A record counts for one
 * boot of the kernel: after the next one the host's own values are in force again, and are recorded anew.
 */
public final class Sysctls {
    private static final Path ROOT = Path.of("/proc/sys");
    private static final Path BOOT_ID = ROOT.resolve("kernel/random/boot_id");

    private final Path records;

    /** Keeps the records in {@code records}, which must outlive the agent. */
    public Sysctls(Path records) {
        this.records = records;
    }

    /** The value in force; empty when this kernel, or this network namespace, has no such setting. */
    public Optional<String> value(String key) {
        var file = ROOT.resolve(key);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** The value before {@link #set} first changed it in this boot; the one in force when it never did. */
    public Optional<String> original(String key) {
        var recorded = recorded(record(key));
        return recorded.isPresent() ? recorded : value(key);
    }

    /**
     * Makes {@code value} in force, recording the previous one first.
     *
     * @throws UncheckedIOException when the setting is missing or refuses the value
     */
    public void set(String key, String value) {
        var file = ROOT.resolve(key);
        var before = read(file);
        if (before.equals(value)) {
            return;
        }
        if (recorded(record(key)).isEmpty()) {
            write(record(key), read(BOOT_ID) + " " + before);
        }
        writeSetting(file, value);
    }

    /** Gives every setting of this boot its recorded value back and forgets the records. */
    public void restore() {
        if (!Files.isDirectory(records)) {
            return;
        }
        try (var files = Files.list(records)) {
            files.toList().forEach(this::restore);
            Files.delete(records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restore(Path record) {
        var file = ROOT.resolve(record.getFileName().toString().replace('+', '/'));
        recorded(record).filter(_ -> Files.exists(file)).ifPresent(value -> writeSetting(file, value));
        try {
            Files.delete(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path record(String key) {
        return records.resolve(key.replace('/', '+'));
    }

    private static Optional<String> recorded(Path record) {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        var words = read(record).split(" ", 2);
        return Stream.of(words)
                .skip(1)
                .filter(_ -> words[0].equals(read(BOOT_ID)))
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            var whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, text + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeSetting(Path file, String value) {
        try {
            Files.writeString(file, value + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set " + file + " to " + value, e);
        }
    }
}
