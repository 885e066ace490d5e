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
 *
 * <p>Behind the lines stands a reserve of zeros, whose room on the disk is ours already: on a full disk a line for which that is asked goes into it.
 */
final class Journal implements AutoCloseable {
    private static final int HEAD = 9;
    /** For the tombstones of a host full of instances with as much user data as EC2 allows. */
    private static final int RESERVE = 1 << 20;
    /** In steps of which the file grows. */
    private static final int STEP = 64 << 10;

    private final Path file;
    private FileChannel channel;
    private long length;
    private long allocated;
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
        journal.allocated = bytes.length;
        journal.lost = written(bytes) - journal.length;
        journal.clear(written(bytes));
        if (fresh) {
            syncFolder(file);
        }
        return journal;
    }

    /** How far the bytes go before nothing but the reserve comes. */
    private static long written(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** Bytes behind the last whole line, dropped when the journal was opened. */
    long lost() {
        return lost;
    }

    long length() {
        return length;
    }

    /**
     * Adds a line; on disk when this returns if {@code sync}, else with the next line that is. After an exception nothing was added.
     *
     * @param dire whether it may go into the reserve where the disk has no other room for it
     */
    void append(byte[] line, boolean sync, boolean dire) throws IOException {
        var bytes = frame(line);
        try {
            allocate(length + bytes.length + RESERVE);
        } catch (IOException e) {
            if (!dire || length + bytes.length > allocated) {
                throw e;
            }
        }
        try {
            write(channel, bytes, length);
            if (sync) {
                channel.force(false);
            }
            length += bytes.length;
        } catch (IOException e) {
            clear(length + bytes.length);
            throw e;
        }
    }

    /** Makes the file at least that long. What it grew by before the disk was full stays ours. */
    private void allocate(long wanted) throws IOException {
        var zeros = new byte[STEP];
        while (allocated < wanted) {
            write(channel, zeros, allocated);
            allocated += zeros.length;
        }
    }

    /** Makes zeros of all from the last whole line up to {@code end}. */
    private void clear(long end) throws IOException {
        write(channel, new byte[Math.toIntExact(Math.max(0, Math.min(end, allocated) - length))], length);
    }

    /** Replaces all lines by one, at once. */
    void rewrite(byte[] line) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        var bytes = frame(line);
        var next = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            write(next, bytes, 0);
            write(next, new byte[RESERVE], bytes.length);
            next.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        channel.close();
        channel = next;
        length = bytes.length;
        allocated = length + RESERVE;
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

    private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }

    private static void syncFolder(Path file) throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
