package io.croft.agent.hypervisor.libvirt;

import io.croft.types.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The serial consoles' logs. virtlogd writes them and keeps them bounded: at {@code max_size} of its configuration (2 MiB unless told) it turns
 * {@code <id>.log} into {@code <id>.log.0} and begins anew.
 *
 * @see <a href="https://libvirt.org/manpages/virtlogd.html">virtlogd</a>
 */
record ConsoleLogs(Path folder) {
    Path file(InstanceId id) {
        return folder.resolve(id + ".log");
    }

    /** Makes the folder, which virtlogd does not. */
    void prepare() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last bytes said, at most {@code limit}; a log that was just turned is continued backwards in the one before. */
    byte[] tail(InstanceId id, int limit) {
        var newest = end(file(id), limit);
        var before = end(folder.resolve(id + ".log.0"), limit - newest.length);
        return ByteBuffer.allocate(before.length + newest.length)
                .put(before)
                .put(newest)
                .array();
    }

    /** Removes the machine's log and those turned away. */
    void remove(InstanceId id) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder, id + ".log*")) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] end(Path file, int limit) {
        if (limit == 0 || !Files.exists(file)) {
            return new byte[0];
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(Math.max(0, channel.size() - limit));
            return Channels.newInputStream(channel).readNBytes(limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
