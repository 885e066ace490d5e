package io.croft.agent.storage.lvm;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.exec.ExecResult;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A volume group, through LVM's commands. They take their own locks, so callers need none. */
record VolumeGroup(String name) {
    /** On everything of ours, and on nothing else. */
    static final String TAG = "croft";

    /**
     * Said in each call: no volume's content is looked at for volumes of LVM in it, which a guest may have written; a pool that is full fails at once, so that machines are
     * paused and go on later; a device that was just closed is tried again; and what is changed many times a minute leaves no archive of all that was.
     */
    private static final String CONFIG =
            "devices{scan_lvs=0} backup{archive=0} activation{retry_deactivation=1 error_when_full=1} report{time_format=\"%s\"}";

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    /** All logical volumes of the group, whoever's they are. */
    List<LogicalVolume> volumes() {
        var rows = new ArrayList<LogicalVolume>();
        var report =
                run("lvs", "--reportformat", "json", "--units", "b", "--nosuffix", "-o", LogicalVolume.FIELDS, name);
        try {
            var found = JSON.readTree(report).at("/report/0/lv");
            if (!found.isArray()) {
                throw failed("lvs said what is not understood: " + report, null);
            }
            for (var row : found) {
                rows.add(LogicalVolume.read(row));
            }
        } catch (JacksonException | NumberFormatException e) {
            throw failed("lvs said what is not understood: " + report, e);
        }
        return rows;
    }

    /** What no logical volume has of the group, in bytes. */
    long freeBytes() {
        return Long.parseLong(run("vgs", "--noheadings", "--units", "b", "--nosuffix", "-o", "vg_free", name)
                .strip());
    }

    /** Whether the host's own settings, which are not ours to change, have LVM look into volumes for volumes of its own. */
    boolean scansVolumes() {
        var argv = List.of("lvmconfig", "--type", "full", "devices/scan_lvs");
        try {
            return Exec.run(argv, DEADLINE).orThrow().stdout().strip().equals("scan_lvs=1");
        } catch (ExecException e) {
            throw failed("LVM does not tell its settings: " + e.getMessage(), e);
        }
    }

    /** A logical volume as LVM's commands name it. */
    String path(String volume) {
        return name + "/" + volume;
    }

    /** Where the device of a logical volume is while that is active. */
    Path device(String volume) {
        return Path.of("/dev", name, volume);
    }

    /**
     * Removes logical volumes of ours.
     *
     * @param seen a look at the group, of now
     * @throws StorageException when somebody keeps a copy of one by a snapshot of their own, which would go with it
     */
    void remove(Collection<String> volumes, List<LogicalVolume> seen) {
        seen.stream()
                .filter(v -> !v.ours() && v.pool().isEmpty() && volumes.contains(v.origin()))
                .findFirst()
                .ifPresent(copy -> {
                    throw failed(
                            path(copy.name()) + ", which is not ours, is a snapshot of " + path(copy.origin()), null);
                });
        var arguments = new ArrayList<>(List.of("-f"));
        volumes.forEach(v -> arguments.add(path(v)));
        change("lvremove", arguments.toArray(String[]::new));
    }

    /**
     * Runs a command of LVM's that changes something. It is never cut in half, since that would leave devices halted: one that takes too long ends by itself, and the next waits for LVM's own lock.
     *
     * @throws StorageException in its own words
     */
    void change(String command, String... arguments) {
        run(argv -> Exec.runWhole(argv, DEADLINE), command, arguments);
    }

    /** Runs a command of LVM's that only tells; returns what it wrote. */
    private String run(String command, String... arguments) {
        return run(argv -> Exec.run(argv, DEADLINE), command, arguments);
    }

    private static String run(Function<List<String>, ExecResult> way, String command, String... arguments) {
        var argv = new ArrayList<>(List.of(command, "--config", CONFIG));
        argv.addAll(List.of(arguments));
        try {
            var result = way.apply(argv);
            if (!result.ok()) {
                throw refused(command, said(result.stderr()));
            }
            return result.stdout();
        } catch (ExecException e) {
            throw failed(command + " did not do it: " + e.getMessage(), e);
        }
    }

    private static String said(String stderr) {
        return stderr.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("WARNING"))
                .collect(Collectors.joining(" "));
    }

    private static StorageException refused(String command, String said) {
        var full = said.toLowerCase(Locale.ROOT).contains("insufficient");
        var failure = new Failure(full ? Failure.Code.DISK_FULL : Failure.Code.STORAGE, command + ": " + said, !full);
        return new StorageException(failure, null);
    }

    static StorageException failed(String message, @Nullable Exception cause) {
        return new StorageException(new Failure(Failure.Code.STORAGE, message, true), cause);
    }
}
