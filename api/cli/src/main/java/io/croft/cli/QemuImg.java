package io.croft.cli;

import io.croft.client.CroftException;
import io.croft.diskformat.DiskFormat;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * qemu-img, as a process that can take only so much of the machine: a hostile file that gets the better of it takes no more. The limits need prlimit, which
 * every Linux has; elsewhere it runs without them.
 *
 * @param diskBytes the size of the disk that it works on
 */
record QemuImg(long diskBytes) {
    private static final long MEMORY_BYTES = 4L << 30;
    private static final long CPU_SECONDS = 3600;

    /** A qcow2 file is as large as its disk and a little for its tables. */
    private static final long TABLES_BYTES = 1L << 30;

    private static final Pattern PERCENT = Pattern.compile("\\((\\d+)\\.\\d+/100%\\)");

    /**
     * Converts to a compressed qcow2 file.
     *
     * @param progress is told how many of the disk's bytes are done
     * @throws CroftException when qemu-img is not there or refuses the file
     */
    void convert(DiskFormat format, Path from, Path to, LongConsumer progress) throws IOException {
        var process = new ProcessBuilder(command(format, from, to));
        var environment = process.environment();
        var path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "LC_ALL", "C"));
        var errors = Files.createTempFile(to.getParent(), "qemu-img-", ".err");
        var running = process.redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try (var in = running.inputReader(StandardCharsets.UTF_8)) {
            var scanner = new Scanner(in).useDelimiter("\r");
            while (scanner.hasNext()) {
                var percent = PERCENT.matcher(scanner.next());
                if (percent.find()) {
                    progress.accept(diskBytes / 100 * Integer.parseInt(percent.group(1)));
                }
            }
            if (running.waitFor() != 0) {
                throw new CroftException(
                        "UnusableImage",
                        "qemu-img cannot convert " + from + ": "
                                + Files.readString(errors).strip(),
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CroftException("Interrupted", "the conversion was interrupted", e);
        } finally {
            running.destroyForcibly();
        }
    }

    private List<String> command(DiskFormat format, Path from, Path to) {
        if (!installed("qemu-img")) {
            throw new CroftException(
                    "NoQemuImg",
                    "only qcow2 files can be imported without qemu-img: install qemu-utils, or convert " + from
                            + " elsewhere",
                    null);
        }
        var command = new ArrayList<String>();
        if (installed("prlimit")) {
            command.addAll(List.of(
                    "prlimit",
                    "--as=" + MEMORY_BYTES,
                    "--cpu=" + CPU_SECONDS,
                    "--fsize=" + (diskBytes + TABLES_BYTES),
                    "--core=0",
                    "--"));
        }
        command.addAll(List.of("qemu-img", "convert", "-p", "-c", "-f", format.lowerName(), "-O", "qcow2"));
        command.add(from.toAbsolutePath().toString());
        command.add(to.toString());
        return command;
    }

    private static boolean installed(String program) {
        return Arrays.stream(
                        System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }
}
