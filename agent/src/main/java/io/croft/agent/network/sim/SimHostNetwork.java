package io.croft.agent.network.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.Port;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Underlay;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A host's network that exists in memory only; its faults are by the verbs of {@link HostNetwork}. */
public final class SimHostNetwork implements HostNetwork {
    private static final int MTU = 1450;
    private static final int UNDERLAY_MTU = 1500;
    private static final AtomicInteger HOSTS = new AtomicInteger();

    private final Map<String, VpcSpec> vpcs = new ConcurrentSkipListMap<>();
    private final Map<String, VpcPeersSpec> peers = new ConcurrentSkipListMap<>();
    private final Map<String, InterfaceSpec> ports = new ConcurrentSkipListMap<>();
    private final Set<NetworkInterfaceId> silenced = ConcurrentHashMap.newKeySet();
    private final Faults faults;
    private volatile @Nullable Underlay underlay = drawn();

    public SimHostNetwork(Faults faults) {
        this.faults = faults;
    }

    private static Underlay drawn() {
        var number = HOSTS.incrementAndGet();
        return new Underlay("10.255." + (number >> 8 & 255) + "." + (number & 255), "sim0", UNDERLAY_MTU);
    }

    /** By what this host reaches others from now on; null for nothing. */
    public void underlay(@Nullable Underlay now) {
        underlay = now;
    }

    /** The interfaces on other hosts as they are reached, of each VPC that reaches some, whatever faults are switched on. */
    public List<VpcPeersSpec> reached() {
        return List.copyOf(peers.values());
    }

    /** The interface as it was last plugged. */
    public Optional<InterfaceSpec> plugged(NetworkInterfaceId id) {
        return Optional.ofNullable(ports.get(id.value()));
    }

    /** The interfaces as they are plugged, whatever faults are switched on. */
    public List<InterfaceSpec> plugged() {
        return List.copyOf(ports.values());
    }

    /** The VPCs that stand, whatever faults are switched on. */
    public List<VpcSpec> standing() {
        return List.copyOf(vpcs.values());
    }

    /** The host was started anew: its network is empty. */
    public void loseAll() {
        ports.clear();
        peers.clear();
        vpcs.clear();
    }

    @Override
    public List<VpcId> vpcs() {
        return faults.around(
                "vpcs", () -> vpcs.values().stream().map(VpcSpec::id).toList());
    }

    @Override
    public List<NetworkInterfaceId> ports() {
        return faults.around(
                "ports", () -> ports.values().stream().map(InterfaceSpec::id).toList());
    }

    /** The guest behind the interface answers no longer, or again. */
    public void silence(NetworkInterfaceId id, boolean silent) {
        if (silent) {
            silenced.add(id);
        } else {
            silenced.remove(id);
        }
    }

    @Override
    public Map<NetworkInterfaceId, Boolean> answering() {
        return faults.around(
                "answering",
                () -> ports.values().stream()
                        .map(InterfaceSpec::id)
                        .collect(Collectors.toMap(id -> id, id -> !silenced.contains(id))));
    }

    @Override
    public void ensureVpc(VpcSpec spec) {
        faults.around("ensureVpc", () -> {
            vpcs.put(spec.id().value(), spec);
        });
    }

    @Override
    public void removeVpc(VpcId id) {
        faults.around("removeVpc", () -> {
            if (ports.values().stream().anyMatch(p -> p.vpc().equals(id))) {
                throw new NetworkException("there are taps in " + id + " yet", null);
            }
            peers.remove(id.value());
            vpcs.remove(id.value());
        });
    }

    @Override
    public Optional<Underlay> underlay() {
        return Optional.ofNullable(underlay);
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public List<VpcId> overlays() {
        return faults.around(
                "overlays", () -> peers.values().stream().map(VpcPeersSpec::id).toList());
    }

    @Override
    public void ensurePeers(VpcSpec vpc, VpcPeersSpec spec) {
        faults.around("ensurePeers", () -> {
            if (underlay == null) {
                throw new NetworkException("this host has no underlay", null);
            }
            if (!vpcs.containsKey(spec.id().value())) {
                throw new NetworkException("there is no network of " + spec.id() + " here", null);
            }
            peers.put(spec.id().value(), spec);
        });
    }

    @Override
    public void removePeers(VpcId id) {
        faults.around("removePeers", () -> {
            peers.remove(id.value());
        });
    }

    @Override
    public Port port(InterfaceSpec spec) {
        return new Port(LinkName.tap(spec.id()), LinkName.bridge(spec.subnet()), MTU);
    }

    @Override
    public Port plug(VpcSpec vpc, InterfaceSpec spec) {
        return faults.around("plug", () -> {
            var standing = vpcs.get(vpc.id().value());
            if (standing == null || standing.allSubnets().stream().noneMatch(s -> s.id().equals(spec.subnet()))) {
                throw new NetworkException("no bridge of " + spec.subnet() + " for " + spec.id(), null);
            }
            ports.put(spec.id().value(), spec);
            return port(spec);
        });
    }

    @Override
    public void unplug(NetworkInterfaceId id) {
        faults.around("unplug", () -> {
            ports.remove(id.value());
        });
    }
}
