package io.croft.cli;

import io.croft.client.CroftException;
import io.croft.diskformat.DiskFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * qemu-img, with limits.
 *
 * @param diskBytes the size of the disk that it works on
 */
record QemuImg(long diskBytes) {
    private static final String PROGRAM = "qemu-img";
    private static final Path NOTHING = Path.of("/dev/null");

    /** A qcow2 file is as large as its disk and a little for its tables. */
    private static final long TABLES_BYTES = 1L << 30;

    private static final Set<DiskFormat> CHECKED =
            EnumSet.of(DiskFormat.QCOW2, DiskFormat.VMDK, DiskFormat.VHDX, DiskFormat.VDI);
    private static final Set<Integer> SOUND_OR_LEAKING = Set.of(0, 3);
    private static final Pattern PERCENT = Pattern.compile("\\((\\d+)\\.\\d+/100%\\)");

    /**
     * Has it look whether the file's tables hold together, where it is installed and can.
     *
     * @param source its name for the user
     * @param scratch a directory for what it writes
     * @throws CroftException when they do not
     */
    static void check(String source, DiskFormat format, Path file, Path scratch) throws IOException {
        if (!CHECKED.contains(format) || !LimitedProcess.installed(PROGRAM)) {
            return;
        }
        var command = List.of(
                PROGRAM,
                "check",
                "-q",
                "-f",
                format.qemuName(),
                file.toAbsolutePath().toString());
        var errors = Files.createTempFile(scratch, "qemu-img-", ".err");
        var running = new LimitedProcess(command, TABLES_BYTES).start(NOTHING, errors);
        try (var out = running.getInputStream()) {
            var found = new String(out.readNBytes(64 * 1024), StandardCharsets.UTF_8);
            out.transferTo(OutputStream.nullOutputStream());
            if (!SOUND_OR_LEAKING.contains(running.waitFor())) {
                throw new CroftException(
                        "UnusableImage",
                        source + " cannot be used, it is damaged; qemu-img check says: "
                                + firstLine(Files.readString(errors) + found),
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CroftException("Interrupted", "the check was interrupted", e);
        } finally {
            running.destroyForcibly();
        }
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("nothing");
    }

    /**
     * Converts to a compressed qcow2 file.
     *
     * @param source its name for the user
     * @param progress is told how many of the disk's bytes are done
     * @throws CroftException when qemu-img is not there or refuses the file
     */
    void convert(String source, DiskFormat format, Path from, Path to, LongConsumer progress) throws IOException {
        var errors = Files.createTempFile(to.getParent(), "qemu-img-", ".err");
        var running =
                new LimitedProcess(command(source, format, from, to), diskBytes + TABLES_BYTES).start(NOTHING, errors);
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
                        "qemu-img cannot convert " + source + ": "
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

    private static List<String> command(String source, DiskFormat format, Path from, Path to) {
        if (!LimitedProcess.installed(PROGRAM)) {
            throw new CroftException(
                    "NoQemuImg",
                    "only qcow2 files can be imported without qemu-img: install qemu-utils, or convert " + source
                            + " elsewhere",
                    null);
        }
        var command = new ArrayList<>(List.of(PROGRAM, "convert", "-p", "-c", "-O", "qcow2"));
        if (format == DiskFormat.VHD) {
            command.addAll(List.of("--image-opts", vhd(from)));
        } else {
            command.addAll(
                    List.of("-f", format.qemuName(), from.toAbsolutePath().toString()));
        }
        command.add(to.toString());
        return command;
    }

    /** By the size that the footer says: for most writers qemu-img would go by its geometry, which may be less. */
    private static String vhd(Path from) {
        return "driver=" + DiskFormat.VHD.qemuName() + ",force_size_calc=current_size,file.driver=file,file.filename="
                + from.toAbsolutePath().toString().replace(",", ",,");
    }
}
