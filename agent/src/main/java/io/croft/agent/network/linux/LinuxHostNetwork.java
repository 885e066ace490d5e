package io.croft.agent.network.linux;

import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.Port;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Underlay;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real network. Calls for different VPCs run side by side, and so do the taps of one. */
public final class LinuxHostNetwork implements HostNetwork {
    private static final int TURNS = 5;
    private static final Duration TURN = Duration.ofMillis(100);

    private final LinuxNetworkSettings settings;
    private final InstantSource clock;
    private final Map<VpcId, VpcNetwork> networks = new ConcurrentHashMap<>();
    /** A way out's number is chosen by looking at those that are taken. */
    private final Object choosing = new Object();

    public LinuxHostNetwork(LinuxNetworkSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<VpcId> vpcs() {
        return Stream.of(
                        VpcFiles.vpcs(settings).stream(),
                        RouterNamespace.all().stream(),
                        Links.aliases(LinkName.PREFIX).values().stream()
                                .flatMap(alias -> LinkAlias.parse(alias).stream())
                                .map(LinkAlias::vpc))
                .flatMap(ids -> ids)
                .distinct()
                .toList();
    }

    @Override
    public List<NetworkInterfaceId> ports() {
        var recorded = VpcFiles.vpcs(settings).stream()
                .flatMap(vpc -> new VpcFiles(settings, vpc).allPorts().stream())
                .map(PortRecord::id);
        var plugged = Links.aliases(LinkName.TAP_PREFIX).values().stream()
                .flatMap(alias -> LinkAlias.parse(alias).stream())
                .map(LinkAlias::part)
                .filter(part -> ResourceId.wellFormed(ResourceType.NETWORK_INTERFACE, part))
                .map(NetworkInterfaceId::new);
        return Stream.concat(recorded, plugged).distinct().toList();
    }

    /** All are asked before any answer is waited for. */
    @Override
    public Map<NetworkInterfaceId, Boolean> answering() {
        var asked = VpcFiles.vpcs(settings).stream()
                .map(vpc -> GuestCall.to(new RouterNamespace(vpc), plugged(vpc)))
                .flatMap(Optional::stream)
                .toList();
        for (var turn = 0; !answered(asked) && turn < TURNS; turn++) {
            LockSupport.parkNanos(TURN.toNanos());
        }
        return asked.stream()
                .flatMap(call -> call.answers().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The ports that a machine holds: a tap without one has no carrier. */
    private List<PortRecord> plugged(VpcId vpc) {
        return new VpcFiles(settings, vpc)
                .allPorts().stream()
                        .filter(port -> Links.carries(LinkName.tap(port.id())))
                        .toList();
    }

    /** Looks at all of them, whatever the first says. */
    private static boolean answered(List<GuestCall> calls) {
        return calls.stream().filter(call -> !call.answered()).count() == 0;
    }

    @Override
    public void ensureVpc(VpcSpec spec) {
        synchronized (choosing) {
            network(spec.id()).ensure(spec);
        }
    }

    @Override
    public void removeVpc(VpcId id) {
        network(id).remove();
        networks.remove(id);
    }

    @Override
    public Optional<Underlay> underlay() {
        return settings.underlay().find();
    }

    @Override
    public List<String> warnings() {
        return settings.underlay().warnings();
    }

    @Override
    public List<VpcId> overlays() {
        return Links.aliases(LinkName.OVERLAY_PREFIX).values().stream()
                .flatMap(alias -> LinkAlias.parse(alias).stream())
                .map(LinkAlias::vpc)
                .distinct()
                .toList();
    }

    @Override
    public void ensurePeers(VpcSpec vpc, VpcPeersSpec peers) {
        network(vpc.id())
                .ensurePeers(
                        vpc,
                        peers,
                        underlay().orElseThrow(() -> new NetworkException("this host has no underlay", null)));
    }

    @Override
    public void removePeers(VpcId id) {
        network(id).removePeers();
    }

    @Override
    public Port port(InterfaceSpec spec) {
        return new Port(LinkName.tap(spec.id()), LinkName.bridge(spec.subnet()), LinuxNetworkSettings.MTU);
    }

    @Override
    public Port plug(VpcSpec vpc, InterfaceSpec spec) {
        if (spec.publicAddress() != null && !settings.publicPool().containsAddress(spec.publicAddress())) {
            throw new NetworkException(
                    "the public address " + spec.publicAddress() + " is not in this host's pool "
                            + settings.publicPool(),
                    null);
        }
        network(vpc.id()).plug(vpc, spec);
        return port(spec);
    }

    @Override
    public void unplug(NetworkInterfaceId id) {
        owner(id).ifPresent(vpc -> network(vpc).unplug(id));
    }

    private Optional<VpcId> owner(NetworkInterfaceId id) {
        var recorded = VpcFiles.vpcs(settings).stream()
                .filter(vpc -> new VpcFiles(settings, vpc).port(id).isPresent())
                .findFirst();
        return recorded.isPresent()
                ? recorded
                : Optional.ofNullable(Links.aliases(LinkName.TAP_PREFIX).get(LinkName.tap(id)))
                        .flatMap(LinkAlias::parse)
                        .map(LinkAlias::vpc);
    }

    private VpcNetwork network(VpcId id) {
        return networks.computeIfAbsent(id, vpc -> new VpcNetwork(vpc, settings, clock));
    }
}
