package io.croft.agent.link;

import io.croft.agent.boot.HostStart;
import io.croft.agent.images.BlobSource;
import io.croft.agent.images.SnapshotSource;
import io.croft.agent.ledger.Ledger;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.ledger.Verdict;
import io.croft.agent.ledger.WentBackException;
import io.croft.agent.reconcile.Arrival;
import io.croft.agent.reconcile.HostReport;
import io.croft.agent.upload.SnapshotSink;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.HostDocument;
import io.croft.protocol.HostFacts;
import io.croft.protocol.RenewRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the conversation with the controller going: enrols, holds the stream of desired state open, reports, renews the certificate at two thirds of its life. Each
 * of its two threads goes on for ever, with a back-off after a failure; the controller's absence stops nothing else in the agent.
 */
public final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final LinkSettings settings;
    private final Identity identity;
    private final Ledger ledger;
    private final HostStart start;
    private final Consumer<Arrival> documentsCame;
    private final Runnable connectionChanged;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReportSender sender;
    private final Thread streaming;
    private final Thread reporting;
    private volatile boolean connected;
    private volatile boolean closed;
    /**
     * Whether everything was told since the start; of the streaming thread. What an agent of another build kept of a document may be less than the controller has told.
     */
    private boolean toldAll;

    private @Nullable ControllerCalls calls;

    /**
     * @param bootId the host kernel's boot id
     * @param start the host's present one
     * @param facts the host's facts, asked for at each full report
     * @param documentsCame called when a batch was stored
     * @param ledgerChanged called when something was settled
     * @param connectionChanged called when the stream of desired state was opened or has ended
     */
    public Link(
            LinkSettings settings,
            Identity identity,
            Ledger ledger,
            String bootId,
            HostStart start,
            Supplier<HostFacts> facts,
            Consumer<Arrival> documentsCame,
            Runnable ledgerChanged,
            Runnable connectionChanged,
            InstantSource clock,
            RandomGenerator random)
            throws IOException {
        this.settings = settings;
        this.identity = identity;
        this.ledger = ledger;
        this.start = start;
        this.documentsCame = documentsCame;
        this.connectionChanged = connectionChanged;
        this.clock = clock;
        this.random = random;
        this.sender = new ReportSender(new Reports(identity.nextEpoch(clock), bootId), ledger, facts, ledgerChanged);
        this.streaming = Thread.ofPlatform().name("link-desired").unstarted(() -> forever(this::stream));
        this.reporting = Thread.ofPlatform().name("link-report").unstarted(() -> forever(this::report));
    }

    public void start() {
        streaming.start();
        reporting.start();
    }

    /** What the host is like now. */
    public void observed(HostReport now) {
        sender.accept(now);
    }

    /** What the operator has to know of the controller's database, one sentence each. */
    public List<String> warnings() {
        if (ledger.wentBack()) {
            return List.of(
                    "The controller went back: its database is an older copy. This host runs on as it was told before"
                            + "; the way out is croft restore.");
        }
        return sender.asked()
                ? List.of("The controller was restored and has not been merged with this host; the way out is croft"
                        + " restore.")
                : List.of();
    }

    /** Whether the stream of desired state is open. */
    public boolean connected() {
        return connected;
    }

    public BlobSource blobs() {
        return new HttpBlobSource(this);
    }

    /** Where the snapshots come from that volumes of this host are made of. */
    public SnapshotSource origins() {
        return new HttpSnapshotSource(this);
    }

    /** Where the snapshots go that were taken of this host's volumes. */
    public SnapshotSink snapshots() {
        return new HttpSnapshotSink(this);
    }

    @Override
    public void close() {
        closed = true;
        streaming.interrupt();
        reporting.interrupt();
        hangUp();
        try {
            streaming.join();
            reporting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The connection, made when there is none; enrols first when need be.
     *
     * @throws LinkException when the host cannot come in
     */
    synchronized ControllerCalls calls() {
        var known = calls;
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new LinkException("the agent is stopping", null);
        }
        try {
            new Enrollment(settings, identity).ensure();
            var made = new ControllerCalls(settings.controller(), Tls.mutual(credentials()));
            calls = made;
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new LinkException("cannot come in: " + e.getMessage(), e);
        }
    }

    private interface Turn {
        void run(Backoff backoff) throws InterruptedException;
    }

    private void forever(Turn turn) {
        var backoff = new Backoff(random);
        while (!closed) {
            try {
                turn.run(backoff);
            } catch (LinkException e) {
                if (closed) {
                    return;
                }
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Talking to the controller failed");
                if (!pause(backoff.failed())) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("The link failed");
                if (!pause(backoff.failed())) {
                    return;
                }
            }
        }
    }

    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stream(Backoff backoff) {
        try {
            renewInTime();
            var batches = new DesiredStream(
                    batch -> {
                        store(batch);
                        backoff.worked();
                    },
                    DesiredStream.SILENCE);
            // A controller that has its own database again is found out by all that it wants.
            var all = !toldAll || ledger.wentBack();
            var stream = calls().desired(ledger.state().revision(), all, ledger.denies());
            connected(true);
            sender.startOver();
            batches.read(stream);
            throw new LinkException("the controller ended the stream of desired state", null);
        } finally {
            connected(false);
            hangUp();
        }
    }

    private void connected(boolean now) {
        if (connected != now) {
            connected = now;
            connectionChanged.run();
        }
    }

    private void report(Backoff backoff) throws InterruptedException {
        sender.sendNext(calls());
        backoff.worked();
    }

    /** A heartbeat leaves time to look at the certificate. */
    private void store(DesiredBatch batch) {
        var came = System.nanoTime();
        var known = ledger.state();
        try {
            ledger.accept(batch);
            if (batch.full()) {
                toldAll = true;
                heard();
            }
        } catch (WentBackException e) {
            sender.startOver();
            throw new LinkException(String.valueOf(e.getMessage()), e);
        }
        if (batch.documents().isEmpty() && !batch.full()) {
            renewInTime();
        } else {
            documentsCame.accept(new Arrival(news(batch, known), came, System.nanoTime()));
        }
    }

    private static List<HostDocument> news(DesiredBatch batch, LedgerState known) {
        return batch.documents().stream()
                .filter(d -> known.verdict(d) == Verdict.NEWER)
                .toList();
    }

    /** From now on only the controller decides what may be started. */
    private void heard() {
        ledger.heard(start.id());
        try {
            start.takeBack();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", start.leave())
                    .setCause(e)
                    .log("Could not remove the leave to start alone");
        }
    }

    private void renewInTime() {
        if (!renewalDue()) {
            return;
        }
        try {
            identity.install(calls().renew(new RenewRequest(identity.certificateRequest())));
            LOG.atInfo().log("The certificate was renewed");
            hangUp();
        } catch (IOException | GeneralSecurityException e) {
            throw new LinkException("cannot renew the certificate", e);
        }
    }

    private boolean renewalDue() {
        try {
            return identity.credentials()
                    .map(c -> !clock.instant().isBefore(renewAt(c.certificate())))
                    .orElse(false);
        } catch (IOException | GeneralSecurityException e) {
            throw new LinkException("cannot read the certificate", e);
        }
    }

    static Instant renewAt(X509Certificate certificate) {
        var from = certificate.getNotBefore().toInstant();
        var life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    private Identity.Credentials credentials() throws IOException, GeneralSecurityException {
        return identity.credentials().orElseThrow(() -> new LinkException("this host has no certificate", null));
    }

    /** The next call connects anew, with the certificate that is there then. */
    private synchronized void hangUp() {
        var old = calls;
        calls = null;
        if (old != null) {
            old.close();
        }
    }
}
