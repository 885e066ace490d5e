package io.croft.cli;

import io.croft.client.CroftException;
import io.croft.diskformat.Compression;
import io.croft.diskformat.DiskFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes what comes out of a stream, a decompressor's or somebody's, to a file of a directory, within limits: zeros take no room, a reserve of the file system is left,
 * and what begins as no disk does is not taken further than its beginning. So a file that unpacks to more than there is ends in a sentence.
 */
final class Unpacking {
    private static final int CHUNK = 64 * 1024;
    private static final byte[] ZEROS = new byte[CHUNK];
    private static final long RESERVE = 1L << 30;

    /** Of what a decompressor has to complain of. */
    private static final long MESSAGES = 1L << 20;

    private final Path directory;
    private final long largest;

    /** @param largest the most bytes of one file */
    Unpacking(Path directory, long largest) {
        this.directory = directory;
        this.largest = largest;
    }

    /**
     * Decompresses a file.
     *
     * @param source its name for the user
     * @throws CroftException when it is damaged, unpacks to too much, or there is no program for it
     */
    Path decompress(String source, Path file, Compression compression, LongConsumer progress) throws IOException {
        var program = compression.program();
        if (!LimitedProcess.installed(program)) {
            throw unusable(source, "it is compressed, and there is no " + program + " here to decompress it");
        }
        var errors = Files.createTempFile(directory, program + "-", ".err");
        var unpacked = directory.resolve("unpacked");
        var running = new LimitedProcess(List.of(program, "-dc"), MESSAGES).start(file, errors);
        try (var in = running.getInputStream()) {
            if (!write(source, in, unpacked, true, progress)) {
                return unpacked;
            }
            if (running.waitFor() != 0) {
                throw unusable(
                        source,
                        "it cannot be decompressed: it was cut off, or is damaged ("
                                + Files.readString(errors).strip() + ")");
            }
            return unpacked;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CroftException("Interrupted", "the decompression was interrupted", e);
        } finally {
            running.destroyForcibly();
        }
    }

    /** Takes the whole of a stream. */
    Path take(String source, InputStream in, LongConsumer progress) throws IOException {
        var file = directory.resolve("taken");
        write(source, in, file, false, progress);
        return file;
    }

    /** Returns whether it went on to the end. */
    private boolean write(String source, InputStream in, Path file, boolean isDisk, LongConsumer progress)
            throws IOException {
        var room = Math.max(0, Files.getFileStore(directory).getUsableSpace() - RESERVE);
        var chunk = new byte[CHUNK];
        var size = 0L;
        var written = 0L;
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var read = in.readNBytes(chunk, 0, CHUNK); read > 0; read = in.readNBytes(chunk, 0, CHUNK)) {
                if (size + read > largest) {
                    throw unusable(source, "it holds more than " + largest + " bytes, and no disk is larger");
                }
                if (!Arrays.equals(chunk, 0, read, ZEROS, 0, read)) {
                    written += read;
                    if (written > room) {
                        throw unusable(
                                source,
                                "it holds more than the " + room + " bytes that " + directory
                                        + " has room for; JDK_JAVA_OPTIONS=-Djava.io.tmpdir=DIRECTORY names another");
                    }
                    writeFully(out, ByteBuffer.wrap(chunk, 0, read), size);
                }
                var first = size == 0;
                size += read;
                progress.accept(size);
                if (first && isDisk && !DiskFormat.isKnown(ByteBuffer.wrap(chunk, 0, read))) {
                    extend(out, size);
                    return false;
                }
            }
            extend(out, size);
        }
        return true;
    }

    /** Makes the file as long as what it holds when that ends in zeros. */
    private static void extend(FileChannel out, long size) throws IOException {
        if (out.size() < size) {
            writeFully(out, ByteBuffer.allocate(1), size - 1);
        }
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            at += out.write(bytes, at);
        }
    }

    private static CroftException unusable(String source, String why) {
        return new CroftException("UnusableImage", source + " cannot be used: " + why, null);
    }
}
