package io.croft.agent.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of lines, each led by its checksum, that only grows until it is written anew. A line that is not whole is no line, and nothing
 * behind it is read. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final int HEAD = 9;

    private final Path file;
    private FileChannel channel;
    private long length;
    private long lost;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the journal for appending behind its last whole line. {@code into} gets the lines that are there, oldest first. */
    static Journal open(Path file, List<byte[]> into) throws IOException {
        var fresh = !Files.exists(file);
        var bytes = fresh ? new byte[0] : Files.readAllBytes(file);
        var journal = new Journal(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        journal.length = readLines(bytes, into);
        journal.lost = bytes.length - journal.length;
        journal.channel.truncate(journal.length);
        journal.channel.position(journal.length);
        if (fresh) {
            syncFolder(file);
        }
        return journal;
    }

    /** Bytes behind the last whole line, dropped when the journal was opened. */
    long lost() {
        return lost;
    }

    long length() {
        return length;
    }

    /** Adds a line; on disk when this returns if {@code sync}, else with the next line that is. After an exception nothing was added. */
    void append(byte[] line, boolean sync) throws IOException {
        var bytes = frame(line);
        try {
            write(channel, bytes);
            if (sync) {
                channel.force(false);
            }
            length += bytes.length;
        } catch (IOException e) {
            channel.truncate(length);
            channel.position(length);
            throw e;
        }
    }

    /** Replaces all lines by one, at once. */
    void rewrite(byte[] line) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        var bytes = frame(line);
        var next = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            write(next, bytes);
            next.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        channel.close();
        channel = next;
        length = bytes.length;
        syncFolder(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long readLines(byte[] bytes, List<byte[]> into) {
        var start = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (i - start < HEAD) {
                    return start;
                }
                var line = new byte[i - start - HEAD];
                System.arraycopy(bytes, start + HEAD, line, 0, line.length);
                var head = new String(bytes, start, HEAD, StandardCharsets.US_ASCII);
                if (!head.equals(head(line))) {
                    return start;
                }
                into.add(line);
                start = i + 1;
            }
        }
        return start;
    }

    private static byte[] frame(byte[] line) {
        var framed = new ByteArrayOutputStream(HEAD + line.length + 1);
        framed.writeBytes(head(line).getBytes(StandardCharsets.US_ASCII));
        framed.writeBytes(line);
        framed.write('\n');
        return framed.toByteArray();
    }

    private static String head(byte[] line) {
        var sum = new CRC32C();
        sum.update(line);
        return HexFormat.of().toHexDigits((int) sum.getValue()) + " ";
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void syncFolder(Path file) throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
