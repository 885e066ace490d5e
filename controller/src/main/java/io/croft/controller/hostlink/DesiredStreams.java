package io.croft.controller.hostlink;

import io.croft.types.HostId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The open streams of desired documents: one a host, each on the request's own virtual thread, which holds a database connection only while it
 * reads. A stream that breaks off costs nothing: the next one begins where the agent's ledger ends.
 */
@Component
class DesiredStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredStreams.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Before the web server begins to wait for its requests to end. */
    private static final int STOPPED_FIRST = Integer.MAX_VALUE;

    private final DocumentTable table;
    private final DesiredSignals signals;
    private volatile boolean running = true;

    DesiredStreams(DocumentTable table, DesiredSignals signals) {
        this.table = table;
        this.signals = signals;
    }

    /**
     * Writes what the host is to know, from {@code after} on, until the client goes, another stream of the same host comes or the controller stops.
     *
     * @throws IOException when the client went
     */
    void serve(HostId host, long after, OutputStream out) throws IOException {
        var bell = signals.take(host);
        LOG.atInfo().addKeyValue("host", host).addKeyValue("after", after).log("Stream opened");
        try {
            new Stream(host, bell, out).run(after);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            signals.giveBack(host, bell);
            LOG.atInfo().addKeyValue("host", host).log("Stream ended");
        }
    }

    /** One connection's stream. */
    private final class Stream {
        private final HostId host;
        private final DesiredSignals.Bell bell;
        private final OutputStream out;
        private long written = System.nanoTime();

        Stream(HostId host, DesiredSignals.Bell bell, OutputStream out) {
            this.host = host;
            this.bell = bell;
            this.out = out;
        }

        void run(long after) throws IOException, InterruptedException {
            var revision = first(after);
            while (waitsOn()) {
                revision = bell.takeEverything() ? first(0) : next(revision);
            }
        }

        /** Waits until there may be something to write; false when the stream is to end. */
        private boolean waitsOn() throws InterruptedException {
            bell.await(HEARTBEAT.minusNanos(System.nanoTime() - written));
            return running && bell.isHeld();
        }

        /** Everything when the agent knows nothing, or of a revision that never was. */
        private long first(long after) throws IOException {
            var changes = table.after(host, after);
            if (after > 0 && after <= changes.revision()) {
                write(changes, false);
                return changes.revision();
            }
            var all = after == 0 ? changes : table.after(host, 0);
            write(all, true);
            return all.revision();
        }

        private long next(long revision) throws IOException {
            var changes = table.after(host, revision);
            if (!changes.bodies().isEmpty() || System.nanoTime() - written >= HEARTBEAT.toNanos()) {
                write(changes, false);
            }
            return changes.revision();
        }

        private void write(DocumentTable.Changes changes, boolean full) throws IOException {
            out.write(changes.line(full).getBytes(StandardCharsets.UTF_8));
            out.flush();
            written = System.nanoTime();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        signals.releaseAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return STOPPED_FIRST;
    }
}
