package io.croft.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program with its arguments.
 *
 * @param argv the program and its arguments; no shell reads them
 * @param deadline after which it is killed and counts as failed
 */
public record Command(List<String> argv, Duration deadline) {
    private static final int KILLED = 137;

    public Command {
        argv = List.copyOf(argv);
    }

    public static Command of(String... argv) {
        return new Command(List.of(argv), Duration.ofMinutes(2));
    }

    public Command within(Duration limit) {
        return new Command(argv, limit);
    }

    /** Runs it without input to its end. */
    public Outcome run() {
        return run("");
    }

    /**
     * Runs it to its end.
     *
     * @param input what it reads on its standard input
     */
    public Outcome run(String input) {
        try {
            Path directory = Files.createTempDirectory("croft-e2e");
            try {
                return run(directory, input);
            } finally {
                for (String file : List.of("in", "out", "err")) {
                    Files.deleteIfExists(directory.resolve(file));
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + argv, e);
        }
    }

    /** Files, not pipes: a child that outlives the program would keep a pipe open. */
    private Outcome run(Path directory, String input) throws IOException, InterruptedException {
        Path in = Files.writeString(directory.resolve("in"), input);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(argv)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Outcome(argv, ended ? process.exitValue() : KILLED, text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
