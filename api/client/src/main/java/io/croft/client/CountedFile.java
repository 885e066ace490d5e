package io.croft.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** The bytes of a file, which tells how many were taken of it. */
final class CountedFile extends FilterInputStream {
    private final LongConsumer progress;
    private long taken;

    private CountedFile(InputStream bytes, LongConsumer progress) {
        super(bytes);
        this.progress = progress;
    }

    static CountedFile open(Path file, LongConsumer progress) {
        try {
            return new CountedFile(Files.newInputStream(file), progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var read = in.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        taken += read;
        progress.accept(taken);
    }
}
