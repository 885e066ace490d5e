package io.croft.agent.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Makes a whole file appear under its name, in place of an older one, so that it is there after a power cut. */
public final class Durable {
    private Durable() {}

    /** Moves {@code folder/from} to {@code folder/to}, contents and name both on disk when it returns. */
    public static void rename(Path folder, String from, String to) throws IOException {
        sync(folder.resolve(from));
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
