package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.VmNic;
import io.croft.agent.network.Port;
import io.croft.agent.reconcile.Crew;
import io.croft.agent.reconcile.HostAction;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.HostStates;
import io.croft.agent.reconcile.Kind;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.agent.reconcile.Outcome;
import io.croft.agent.reconcile.Question;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.protocol.VpcSpec;
import io.croft.types.Generation;
import io.croft.types.NetworkInterfaceId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An interface's port: its tap, on its VPC's network. It stands on that, and on its chains in the filter. */
public final class Interfaces extends Kind<InterfaceSpec, Interfaces.Action> {
    private final Vpcs vpcs;
    private final SecurityGroups groups;
    private final Function<InterfaceSpec, Port> ports;
    private final Set<NetworkInterfaceId> plugged = new HashSet<>();

    Interfaces(ObservedHost host, Vpcs vpcs, SecurityGroups groups, Function<InterfaceSpec, Port> ports) {
        super(DocumentKind.INTERFACE, InterfaceSpec.class, Action.class, host);
        this.vpcs = vpcs;
        this.groups = groups;
        this.ports = ports;
    }

    static DocumentKey key(NetworkInterfaceId id) {
        return new DocumentKey(DocumentKind.INTERFACE, id.value());
    }

    /** Concerns an interface's port. */
    public sealed interface Action extends HostAction {
        NetworkInterfaceId port();

        @Override
        default Lane lane() {
            return Lane.of(key(port()));
        }

        @Override
        default Crew crew() {
            return Crews.NETWORK;
        }

        @Override
        default Outcome call(HostDrivers drivers, InstantSource clock) {
            switch (this) {
                case Plug a -> drivers.network().plug(a.vpc(), a.spec());
                case Unplug a -> drivers.network().unplug(a.port());
            }
            return Outcome.DONE;
        }

        @Override
        default Optional<Failure> failure(Throwable thrown) {
            return DriverFailures.of(thrown, Failure.Code.NETWORK);
        }
    }

    public record Plug(VpcSpec vpc, InterfaceSpec spec) implements Action {
        @Override
        public NetworkInterfaceId port() {
            return spec.id();
        }
    }

    public record Unplug(NetworkInterfaceId port) implements Action {}

    @Override
    protected Stream<Plug> up(InterfaceSpec port, Moment moment) {
        return vpcs
                .standing(port.vpc(), moment)
                .filter(_ -> !host.done(port) && groups.filter(moment).exact(port))
                .map(vpc -> new Plug(vpc, port))
                .stream();
    }

    @Override
    protected Stream<Unplug> down(InterfaceSpec port, Moment moment) {
        return host.done(port) && !plugged.contains(port.id()) ? Stream.empty() : Stream.of(new Unplug(port.id()));
    }

    @Override
    protected boolean standsOn(DocumentKey other, Moment moment) {
        return other.kind() == DocumentKind.VPC
                && moment.desired()
                        .all(InterfaceSpec.class)
                        .filter(i -> i.vpc().value().equals(other.id()))
                        .anyMatch(i -> i.presence() == Presence.PRESENT || mayBePlugged(i.id()));
    }

    /** A port that is there is as it was told last: addresses that it had before may be others'. */
    @Override
    protected boolean isBehindFence(InterfaceSpec port) {
        return !mayBePlugged(port.id()) || (port.presence() == Presence.PRESENT && host.done(port));
    }

    /** Whether the interface has a tap, or may have one for all we know. */
    private boolean mayBePlugged(NetworkInterfaceId id) {
        return plugged.contains(id) || host.inDoubt(key(id));
    }

    Optional<InterfaceSpec> find(NetworkInterfaceId id, Moment moment) {
        return moment.desired().find(InterfaceSpec.class, DocumentKind.INTERFACE, id.value());
    }

    /** Whether what keeps the port is in force: its chains, maybe with rules that are about to change, and its VPC's metadata service. */
    boolean guarded(InterfaceSpec port, Moment moment) {
        return groups.filter(moment).holds(port.id()) && vpcs.serving(port.vpc());
    }

    /** What a machine gets of the interface, once it is plugged and guarded. */
    Optional<VmNic> nic(NetworkInterfaceId id, Moment moment) {
        return find(id, moment)
                .filter(i -> i.presence() == Presence.PRESENT && host.done(i) && guarded(i, moment))
                .map(i -> {
                    var port = ports.apply(i);
                    return new VmNic(i.id(), i.mac(), port.tap(), port.mtu());
                });
    }

    /** The lanes that lead to a port that is plugged and guarded. */
    Stream<Lane> lanes(NetworkInterfaceId id, Moment moment) {
        return Stream.concat(
                Stream.of(Lane.of(key(id)), groups.lane()),
                find(id, moment).stream().flatMap(Interfaces::below));
    }

    private static Stream<Lane> below(InterfaceSpec port) {
        return Stream.concat(
                Stream.of(Lane.of(Vpcs.key(port.vpc()))),
                port.groups().stream().map(SecurityGroups::key).map(Lane::of));
    }

    /** Why the port or what it stands on is not carried out. */
    List<Failure> hindrances(InterfaceSpec port, HostStates states) {
        var vpc = states.moment()
                .desired()
                .find(VpcSpec.class, DocumentKind.VPC, port.vpc().value());
        return Stream.concat(states.failure(port).stream(), vpc.flatMap(states::failure).stream())
                .toList();
    }

    @Override
    protected void succeeded(Action action, Outcome outcome, @Nullable Generation wanted) {
        switch (action) {
            case Plug a -> plugged.add(a.port());
            case Unplug a -> plugged.remove(a.port());
        }
        host.settle(key(action.port()), wanted);
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(Question.needed("network", d -> Set.copyOf(d.network().ports()), this::see));
    }

    private void see(Set<NetworkInterfaceId> now, Predicate<Lane> moving) {
        replace(plugged, now, moving);
    }

    @Override
    protected Set<NetworkInterfaceId> there() {
        return plugged;
    }

    @Override
    protected ObservedDocument state(InterfaceSpec port, HostStates states) {
        if (port.presence() == Presence.ABSENT) {
            var unplugged = states.moment().seen(port) && host.done(port) && !mayBePlugged(port.id());
            return states.at(port, unplugged && !groups.mayHold(port.id()), ObservedDocument.State.GONE);
        }
        var ready = host.done(port) && groups.filter(states.moment()).exact(port);
        return states.at(port, ready, ObservedDocument.State.READY);
    }
}
