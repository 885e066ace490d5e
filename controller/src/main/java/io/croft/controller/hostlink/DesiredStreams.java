package io.croft.controller.hostlink;

import io.croft.controller.fleet.Fences;
import io.croft.controller.recovery.Recovery;
import io.croft.types.Era;
import io.croft.types.HostId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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
    private final Deliveries deliveries;
    private final Recovery recovery;
    private final Fences fences;
    private volatile boolean running = true;

    DesiredStreams(
            DocumentTable table, DesiredSignals signals, Deliveries deliveries, Recovery recovery, Fences fences) {
        this.table = table;
        this.signals = signals;
        this.deliveries = deliveries;
        this.recovery = recovery;
        this.fences = fences;
    }

    /**
     * Writes what the host is to know, from {@code after} on, until the client goes, another stream of the same host comes or the controller stops.
     *
     * @param after what the host has
     * @param all whether it is to be told everything first all the same
     * @param refused whether it has refused what it was told as that of an older database
     * @throws IOException when the client went
     */
    void serve(HostId host, long after, boolean all, boolean refused, OutputStream out) throws IOException {
        fences.returned(host);
        var bell = signals.take(host);
        LOG.atInfo().addKeyValue("host", host).addKeyValue("after", after).log("Stream opened");
        try {
            new Stream(host, bell, refused ? Era.of(after) : null, out).run(after, all);
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
        /** The era that the host refuses to be told more of. */
        private final @Nullable Era refused;

        private final OutputStream out;
        private long written = System.nanoTime();
        private boolean holding;
        private boolean over;

        Stream(HostId host, DesiredSignals.Bell bell, @Nullable Era refused, OutputStream out) {
            this.host = host;
            this.bell = bell;
            this.refused = refused;
            this.out = out;
        }

        void run(long after, boolean all) throws IOException, InterruptedException {
            var revision = first(after, all);
            while (!over && waitsOn()) {
                if (bell.mayHaveMore(revision) || heartbeatDue()) {
                    revision = bell.takeEverything() ? first(revision, true) : next(revision);
                }
            }
        }

        /** Waits until there may be something to write; false when the stream is to end. */
        private boolean waitsOn() throws InterruptedException {
            bell.await(HEARTBEAT.minusNanos(System.nanoTime() - written));
            return running && bell.isHeld();
        }

        /** Everything when that is asked for, or the agent knows nothing, or only of an earlier era; what it has tells all the same whether the database went back. */
        private long first(long known, boolean all) throws IOException {
            var everything = all || known == 0;
            var changes = table.after(host, everything ? 0 : known);
            if (changes.dead()) {
                return comeBack(known);
            }
            if (silent(known, changes)) {
                return hold(known);
            }
            if (!everything && isOlder(known, changes.revision())) {
                return first(known, true);
            }
            holding = false;
            deliveries.told(host, changes.documents());
            write(everything ? changes.whole(known) : changes.line());
            return changes.revision();
        }

        private long next(long revision) throws IOException {
            var changes = table.after(host, revision);
            if (changes.dead()) {
                return comeBack(revision);
            }
            if (silent(revision, changes)) {
                return goQuiet(revision);
            }
            if (isOlder(revision, changes.revision())) {
                return first(revision, true);
            }
            if (!changes.documents().isEmpty() || heartbeatDue()) {
                deliveries.told(host, changes.documents());
                write(changes.line());
            }
            return changes.revision();
        }

        private static boolean isOlder(long known, long revision) {
            return Era.of(known).compareTo(Era.of(revision)) < 0;
        }

        private boolean heartbeatDue() {
            return System.nanoTime() - written >= HEARTBEAT.toNanos();
        }

        /**
         * Whether the agent is told nothing. Asked after the documents were read: what was read before a restore began is what was wanted then.
         *
         * @param known what the agent has
         */
        private boolean silent(long known, DocumentTable.Changes changes) {
            if (recovery.awaits(host)) {
                return true;
            }
            if (known > changes.revision() || Era.of(changes.revision()).equals(refused)) {
                recovery.wentBack(host, known, changes.revision());
                return true;
            }
            return false;
        }

        /** A host that was proved dead meanwhile is told nothing more on this stream; on its next one it is told that it is back. */
        private long comeBack(long known) {
            over = true;
            return known;
        }

        /** A stream that told something ends, so that its agent comes back and tells all; one that never did goes on with heartbeats. */
        private long goQuiet(long known) throws IOException {
            over = !holding;
            return holding && heartbeatDue() ? hold(known) : known;
        }

        /** Only says that the controller is there. */
        private long hold(long known) throws IOException {
            holding = true;
            write(DocumentTable.Changes.heartbeat(known).line());
            return known;
        }

        private void write(String line) throws IOException {
            out.write(line.getBytes(StandardCharsets.UTF_8));
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
