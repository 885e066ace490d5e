package io.croft.agent.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What came out of a pipe, up to a limit; the rest was read and dropped, so that the writer never blocks. */
record Captured(String text, boolean truncated) {
    static Captured from(InputStream pipe, int limit) {
        try (pipe) {
            var text = new String(pipe.readNBytes(limit), StandardCharsets.UTF_8);
            return new Captured(text, pipe.transferTo(OutputStream.nullOutputStream()) > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
