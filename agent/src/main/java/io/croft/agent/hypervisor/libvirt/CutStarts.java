package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import io.croft.types.InstanceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts that libvirt's daemon did not live to end. It saves a domain's status before it executes QEMU; when it dies in between, the next one reads that the domain
 * is starting, with process 0, and holds it for a start that no thread of its own carries on. All calls about it time out then, and further restarts change nothing
 * (seen with libvirt 9.0). The status is put out of its way and it is restarted, after which the domain is off.
 *
 * <p>Nothing is done unless it is proved that no process of the domain lives and that whoever began the start does not. What was put aside stays beside the status files, under a
 * name that libvirt does not read, until the machine's next cut start or the host's; cut in half, the next try goes on from there.
 */
final class CutStarts {
    private static final Logger LOG = LoggerFactory.getLogger(CutStarts.class);
    private static final Path STATUS = Path.of("/run/libvirt/qemu");
    private static final Pattern STARTING =
            Pattern.compile("<domstatus state='paused' reason='starting up' pid='(\\d+)'");
    /** The kernel tells the second that it booted in, so a process's beginning is not known better. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    private final LibvirtDaemon daemon;

    CutStarts(LibvirtDaemon daemon) {
        this.daemon = daemon;
    }

    /**
     * Makes libvirt forget the start.
     *
     * @throws HypervisorException when the start may be under way, or libvirt was not restarted
     */
    void abandon(InstanceId id) {
        var status = STATUS.resolve(id + ".xml");
        var aside = STATUS.resolve(id + ".cut");
        try {
            if (Files.exists(status)) {
                requireCut(id, status);
            } else {
                requireNoRestartSince(id, aside);
            }
            requireNoProcess(id);
            LOG.atWarn()
                    .addKeyValue("instance", id)
                    .log("libvirt died inside this machine's start: restarting libvirt without what it noted of it");
            if (Files.exists(status)) {
                Files.move(status, aside, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(STATUS.resolve(id + ".pid"));
            daemon.restart();
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw new HypervisorException("abandon the start of " + id + ": " + e, e);
        }
    }

    private void requireCut(InstanceId id, Path status) throws IOException {
        if (!STARTING.matcher(Files.readString(status)).find()) {
            throw notYet(id, "libvirt has noted another state");
        }
        if (Files.getLastModifiedTime(status).toInstant().isAfter(begun(id).plus(CLOCK))) {
            throw notYet(id, "the libvirt that began it lives");
        }
    }

    /** An earlier try got as far as putting the status aside. */
    private void requireNoRestartSince(InstanceId id, Path aside) throws IOException {
        if (!Files.exists(aside)) {
            throw notYet(id, "libvirt has noted nothing of it");
        }
        var put = ((FileTime) Files.getAttribute(aside, "unix:ctime")).toInstant();
        if (put.isBefore(begun(id).minus(CLOCK))) {
            throw notYet(id, "libvirt was restarted since the last one was given up");
        }
    }

    private Instant begun(InstanceId id) {
        return daemon.begun().orElseThrow(() -> notYet(id, "libvirt is away"));
    }

    private static void requireNoProcess(InstanceId id) throws IOException {
        var process = process(id);
        if (process != null) {
            throw notYet(id, "its process " + process + " lives");
        }
    }

    private static HypervisorException notYet(InstanceId id, String why) {
        return new HypervisorException("the start of " + id + " may be under way: " + why, null);
    }

    /** A process of the machine, whatever pid libvirt has noted; null when there is none. */
    private static @Nullable Path process(InstanceId id) throws IOException {
        var marks = List.of("guest=" + id, DomainUuid.of(id).toString());
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : all) {
                var line = commandLine(process);
                if (marks.stream().anyMatch(line::contains)) {
                    return process.getFileName();
                }
            }
        }
        return null;
    }

    /** Empty for a process that has ended meanwhile. */
    private static String commandLine(Path process) throws IOException {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return "";
        }
    }
}
