package io.croft.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Another's program at work on somebody's file, as a process that can take only so much of the machine: a hostile file that gets the better of it takes no more. It
 * has nothing of this one's environment. The limits need prlimit, which every Linux has; elsewhere it runs without them.
 *
 * @param mostFileBytes the largest file that it may write
 */
record LimitedProcess(List<String> command, long mostFileBytes) {
    private static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    private static final long MEMORY_BYTES = 4L << 30;
    private static final long CPU_SECONDS = 3600;

    LimitedProcess {
        command = List.copyOf(command);
    }

    static boolean installed(String program) {
        return Arrays.stream(PATH.split(File.pathSeparator)).anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    /** Starts it, reading {@code input} and writing what it has to complain of to {@code errors}. */
    Process start(Path input, Path errors) throws IOException {
        var all = new ArrayList<String>();
        if (installed("prlimit")) {
            all.addAll(List.of(
                    "prlimit",
                    "--as=" + MEMORY_BYTES,
                    "--cpu=" + CPU_SECONDS,
                    "--fsize=" + mostFileBytes,
                    "--core=0",
                    "--"));
        }
        all.addAll(command);
        var builder = new ProcessBuilder(all).redirectInput(input.toFile()).redirectError(errors.toFile());
        var environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of("PATH", PATH, "LC_ALL", "C"));
        return builder.start();
    }
}
