package io.croft.agent;

import io.croft.agent.reconcile.Gate;
import io.croft.agent.reconcile.ReconcilerStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** {@code agent.status} in the run directory, for scripts and people: replaced at once, so that a reader never sees half of it. */
final class StatusFile {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

    private final Path file;
    private @Nullable Status written;

    StatusFile(Path file) {
        this.file = file;
    }

    /**
     * What it says.
     *
     * @param connected whether the stream of desired state is open
     * @param revision the newest desired revision in the ledger
     * @param gate whether instances may be started, and else what that waits for
     * @param pid the agent's process
     * @param tally what the reconciler has done
     */
    record Status(boolean connected, long revision, Gate gate, long pid, ReconcilerStats tally) {
        boolean sameButCounts(Status other) {
            return connected == other.connected && revision == other.revision && gate == other.gate && pid == other.pid;
        }
    }

    /** Writes the file when more than the counts has changed, or {@code always}. The agent does its work without it. */
    synchronized void write(Status now, boolean always) {
        if (!always && written != null && written.sameButCounts(now)) {
            return;
        }
        try {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, JsonMapper.shared().writeValueAsString(now) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = now;
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("Could not write the status file");
        }
    }
}
