package io.croft.agent.inventory;

import io.croft.agent.clock.HostClock;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.HypervisorFacts;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.NetworkException;
import io.croft.agent.reconcile.ReconcilerStats;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.AgentWork;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostHealth;
import io.croft.protocol.Underlay;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together a host's facts. A driver that does not answer becomes a problem, and the last known answer stands in for it. */
public final class HostInventory {
    private static final HypervisorFacts UNKNOWN = new HypervisorFacts(arch(), "tcg", List.of(), List.of(), null);

    private final String name;
    private final String zone;
    private final String version;
    private final Machine machine;
    private final Hypervisor hypervisor;
    private final Firewall firewall;
    private final HostNetwork network;
    private final List<VolumeStore> stores;
    private final HostClock hostClock;
    private final InstantSource clock;
    private final Instant started;
    private volatile HypervisorFacts known = UNKNOWN;

    public HostInventory(
            String name,
            String zone,
            String version,
            Machine machine,
            Hypervisor hypervisor,
            Firewall firewall,
            HostNetwork network,
            List<VolumeStore> stores,
            HostClock hostClock,
            InstantSource clock) {
        this.name = name;
        this.zone = zone;
        this.version = version;
        this.machine = machine;
        this.hypervisor = hypervisor;
        this.firewall = firewall;
        this.network = network;
        this.stores = List.copyOf(stores);
        this.hostClock = hostClock;
        this.clock = clock;
        this.started = clock.instant();
    }

    /**
     * The facts now.
     *
     * @param others what else keeps the host from taking instances, one sentence each
     * @param warnings what its operator has to know besides, one sentence each
     * @param stats what the reconciler has done since the agent started
     * @param work the same and more, in numbers
     */
    public HostFacts facts(List<String> others, List<String> warnings, ReconcilerStats stats, AgentWork work) {
        var problems = new ArrayList<>(others);
        var stored = new ArrayList<String>();
        problems.addAll(firewallProblems());
        var underlay = underlay(stored);
        var fresh = hypervisorFacts(problems);
        var offered = fresh.orElse(known);
        return new HostFacts(
                name,
                zone,
                offered.architecture(),
                offered.accelerator(),
                machine.cpus(),
                machine.memoryBytes(),
                pools(problems, stored),
                version,
                problems.stream().distinct().toList(),
                new HostHealth(
                        clock.instant().toString(),
                        started.toString(),
                        fresh.isPresent(),
                        stats.drift(),
                        stats.failures(),
                        stats.stuck(),
                        stats.waiting(),
                        offered.lookUpMillis(),
                        hostClock.state().synchronised(),
                        work),
                offered.emulated(),
                Stream.of(offered.warnings(), warnings, stored)
                        .flatMap(List::stream)
                        .toList(),
                Arrays.stream(DocumentKind.values()).map(DocumentKind::wireName).toList(),
                List.of(HostFacts.GUARDS_SUBNETS, HostFacts.FILLS_VOLUMES),
                underlay);
    }

    /** What cannot be found out counts as none: VPCs end at this host then, and the operator is told why. */
    private @Nullable Underlay underlay(List<String> warnings) {
        try {
            warnings.addAll(network.warnings());
            return network.underlay().orElse(null);
        } catch (NetworkException e) {
            warnings.add("The underlay cannot be found: " + e.getMessage());
            return null;
        }
    }

    private Set<String> firewallProblems() {
        try {
            return firewall.problems();
        } catch (FirewallException e) {
            return Set.of("The firewall does not answer: " + e.getMessage());
        }
    }

    private Optional<HypervisorFacts> hypervisorFacts(List<String> problems) {
        try {
            known = hypervisor.facts();
            return Optional.of(known);
        } catch (HypervisorException e) {
            problems.add("The hypervisor does not answer: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<HostFacts.StoragePool> pools(List<String> problems, List<String> warnings) {
        var pools = new ArrayList<HostFacts.StoragePool>();
        for (var store : stores) {
            try {
                pools.add(store.capacity());
                warnings.addAll(store.warnings());
            } catch (StorageException e) {
                problems.add("The storage " + store.backend() + " does not answer: " + e.getMessage());
            }
        }
        return pools;
    }

    private static String arch() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "x86_64";
    }
}
