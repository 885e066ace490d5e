package io.croft.agent;

import io.croft.agent.boot.HostStart;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.images.ImageCache;
import io.croft.agent.inventory.HostInventory;
import io.croft.agent.ledger.Ledger;
import io.croft.agent.link.Identity;
import io.croft.agent.link.Link;
import io.croft.agent.link.LinkSettings;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.reconcile.Arrival;
import io.croft.agent.reconcile.Gate;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.HostReport;
import io.croft.agent.reconcile.Reconciler;
import io.croft.agent.reconcile.ReconcilerStats;
import io.croft.agent.reconcile.kinds.GuestPatience;
import io.croft.agent.reconcile.kinds.HostKinds;
import io.croft.agent.reconcile.kinds.Instances;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.AgentWork;
import io.croft.protocol.HostFacts;
import io.croft.types.HostId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/** A running agent, as an object: any number may run in one process, each on a state directory and drivers of its own. */
public final class CroftAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CroftAgent.class);

    private final Identity identity;
    private final Ledger ledger;
    private final HostInventory inventory;
    private final MetadataService metadata;
    private final Link link;
    private final ImageCache images;
    private final Reconciler reconciler;
    private final StatusFile status;
    private volatile Gate gate = Gate.OPEN;

    private CroftAgent(AgentSettings settings, Drivers drivers, InstantSource clock, Ledger ledger) throws IOException {
        var random = new SecureRandom();
        var machine = drivers.machine();
        var hypervisor = drivers.hypervisor();
        var firewall = drivers.firewall();
        var volumes = drivers.volumes();
        var network = drivers.network();
        var start = HostStart.of(settings.runDir(), machine.bootId(), random);
        this.ledger = ledger;
        this.identity = Identity.open(settings.identity(), random);
        this.status = new StatusFile(settings.status());
        this.inventory = new HostInventory(
                settings.name(),
                settings.zone(),
                version(),
                machine,
                hypervisor,
                firewall,
                network,
                volumes,
                drivers.hostClock(),
                clock);
        this.metadata = drivers.metadata(new LedgerCatalog(ledger::state));
        this.link = new Link(
                new LinkSettings(
                        settings.enrollUrl(),
                        settings.controller(),
                        settings.enrollTokenFile(),
                        settings.identity(),
                        settings.name(),
                        settings.zone()),
                identity,
                ledger,
                machine.bootId(),
                start,
                this::facts,
                this::documentsCame,
                this::ledgerChanged,
                this::writeStatus,
                clock,
                random);
        this.images = drivers.images(link.blobs());
        this.reconciler = new Reconciler(
                HostKinds.all(
                        network::port,
                        settings.stopGrace(),
                        new GuestPatience(settings.bootLimit(), settings.emulatedBootLimit())),
                new HostDrivers(
                        hypervisor,
                        volumes,
                        images,
                        drivers.origins(link.origins(), settings.stateDir()),
                        network,
                        firewall,
                        metadata,
                        link.snapshots()),
                ledger,
                start,
                clock,
                random,
                this::observed);
        watch(hypervisor);
    }

    /** Starts the program; with the one argument {@code purge} it takes what is ours off the host's network and ends. */
    public static void main(String[] args) {
        // Each stream's window is memory that a fast controller may fill.
        System.setProperty("jdk.httpclient.windowsize", Integer.toString(1 << 20));
        System.setProperty("jdk.httpclient.connectionWindowSize", Integer.toString(1 << 21));
        var application = new SpringApplication(AgentApplication.class);
        application.setDefaultProperties(Map.of("croft.host-name", AgentApplication.hostName()));
        application.run(args);
    }

    /**
     * Starts an agent on {@code drivers}, which outlive it.
     *
     * @throws IllegalStateException when another agent works on the same state directory
     * @throws UncheckedIOException when the state directory cannot be used
     */
    public static CroftAgent start(AgentSettings settings, Drivers drivers) {
        return start(settings, drivers, InstantSource.system());
    }

    /** {@link #start(AgentSettings, Drivers)} with a clock of its own. */
    public static CroftAgent start(AgentSettings settings, Drivers drivers, InstantSource clock) {
        try {
            Files.createDirectories(settings.stateDir());
            Files.createDirectories(settings.runDir());
            var agent = make(settings, drivers, clock, Ledger.open(settings.ledger()));
            agent.reconciler.start();
            agent.link.start();
            agent.writeStatus();
            LOG.atInfo().addKeyValue("host", agent.host()).log("Started");
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + settings.stateDir(), e);
        }
    }

    /** An agent that cannot be made holds no ledger. */
    private static CroftAgent make(AgentSettings settings, Drivers drivers, InstantSource clock, Ledger ledger)
            throws IOException {
        try {
            return new CroftAgent(settings, drivers, clock, ledger);
        } catch (IOException | RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /** The id that this host drew for itself. */
    public HostId host() {
        return identity.host();
    }

    /** Whether the controller's stream of desired state is open. */
    public boolean connected() {
        return link.connected();
    }

    /** The newest desired revision in the ledger. */
    public long revision() {
        return ledger.state().revision();
    }

    public ReconcilerStats stats() {
        return reconciler.stats();
    }

    /** Stops at once and leaves the host as it is: machines, taps and filters go on. */
    @Override
    public void close() {
        link.close();
        reconciler.close();
        metadata.close();
        status.write(new StatusFile.Status(false, revision(), gate, pid(), stats()), true);
        try {
            ledger.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("Could not close the ledger");
        }
    }

    /** A hypervisor that does not answer yet still gets its listener; until it does, the periodic observation sees what changed. */
    private void watch(Hypervisor hypervisor) {
        try {
            hypervisor.onChange(id -> reconciler.hint(Instances.key(id)));
        } catch (HypervisorException e) {
            LOG.atWarn().setCause(e).log("The hypervisor does not answer");
        }
    }

    private HostFacts facts() {
        status.write(status(), true);
        var stats = stats();
        return inventory.facts(reconciler.problems(), link.warnings(), stats, work(stats));
    }

    private AgentWork work(ReconcilerStats stats) {
        var kept = kept();
        return new AgentWork(
                stats.ended(),
                (int) stats.running(),
                stats.longestCallMillis(),
                ledger.bytes(),
                kept.images(),
                kept.bytes());
    }

    /** A folder that cannot be listed has a failure of its own, as soon as an image is asked for. */
    private ImageCache.Kept kept() {
        try {
            return images.kept();
        } catch (StorageException e) {
            LOG.atWarn().setCause(e).log("Could not count the images");
            return new ImageCache.Kept(0, 0);
        }
    }

    private void observed(HostReport report) {
        gate = report.gate();
        link.observed(report);
        writeStatus();
    }

    private void documentsCame(Arrival arrival) {
        reconciler.told(arrival);
        writeStatus();
    }

    private void ledgerChanged() {
        reconciler.wake();
        writeStatus();
    }

    private void writeStatus() {
        status.write(status(), false);
    }

    private StatusFile.Status status() {
        return new StatusFile.Status(connected(), revision(), gate, pid(), stats());
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static String version() {
        return Optional.ofNullable(CroftAgent.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
