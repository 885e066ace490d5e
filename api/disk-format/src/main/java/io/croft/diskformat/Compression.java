package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How a file may be compressed, told by its beginning. */
public enum Compression {
    GZIP("gzip", "\u001f\u008b"),
    XZ("xz", "\u00fd7zXZ\0"),
    ZSTD("zstd", "(\u00b5/\u00fd"),
    BZIP2("bzip2", "BZh");

    private static final int LONGEST = 6;

    private final String program;
    private final String beginning;

    Compression(String program, String beginning) {
        this.program = program;
        this.beginning = beginning;
    }

    /** The program that decompresses it. */
    public String program() {
        return program;
    }

    /** That of a file; empty when it is not compressed, or is no file whose bytes can be read. */
    public static Optional<Compression> of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return of(ByteBuffer.wrap(in.readNBytes(LONGEST)));
        }
    }

    static Optional<Compression> of(ByteBuffer start) {
        for (var compression : values()) {
            if (DiskFormat.begins(start, compression.beginning)) {
                return Optional.of(compression);
            }
        }
        return Optional.empty();
    }
}
