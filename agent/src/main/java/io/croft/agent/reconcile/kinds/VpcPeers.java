package io.croft.agent.reconcile.kinds;

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
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Generation;
import io.croft.types.VpcId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A VPC's ways to its interfaces on other hosts. They stand on its network here, and on the filter, which lets in nothing but what comes from those hosts. */
public final class VpcPeers extends Kind<VpcPeersSpec, VpcPeers.Action> {
    private final Vpcs vpcs;
    private final SecurityGroups groups;
    private final Set<VpcId> there = new HashSet<>();
    private final Set<VpcId> worn = new HashSet<>();

    VpcPeers(ObservedHost host, Vpcs vpcs, SecurityGroups groups) {
        super(DocumentKind.VPC_PEERS, VpcPeersSpec.class, Action.class, host);
        this.vpcs = vpcs;
        this.groups = groups;
    }

    private static DocumentKey key(VpcId id) {
        return new DocumentKey(DocumentKind.VPC_PEERS, id.value());
    }

    /** Concerns a VPC's ways to other hosts. */
    public sealed interface Action extends HostAction {
        VpcId vpc();

        @Override
        default Lane lane() {
            return Lane.of(key(vpc()));
        }

        @Override
        default Crew crew() {
            return Crews.NETWORK;
        }

        @Override
        default Outcome call(HostDrivers drivers, InstantSource clock) {
            switch (this) {
                case EnsurePeers a -> drivers.network().ensurePeers(a.network(), a.spec());
                case RemovePeers a -> drivers.network().removePeers(a.vpc());
            }
            return Outcome.DONE;
        }

        @Override
        default Optional<Failure> failure(Throwable thrown) {
            return DriverFailures.of(thrown, Failure.Code.NETWORK);
        }
    }

    public record EnsurePeers(VpcSpec network, VpcPeersSpec spec) implements Action {
        @Override
        public VpcId vpc() {
            return spec.id();
        }
    }

    public record RemovePeers(VpcId vpc) implements Action {}

    @Override
    protected Stream<Action> up(VpcPeersSpec peers, Moment moment) {
        return vpcs
                .standing(peers.id(), moment)
                .filter(_ -> !host.done(peers) || worn.contains(peers.id()))
                .filter(_ -> groups.filter(moment).admits(peers))
                .<Action>map(vpc -> new EnsurePeers(vpc, peers))
                .stream();
    }

    @Override
    protected Stream<Action> down(VpcPeersSpec peers, Moment moment) {
        return host.done(peers) && !there.contains(peers.id())
                ? Stream.empty()
                : Stream.of(new RemovePeers(peers.id()));
    }

    @Override
    protected boolean standsOn(DocumentKey other, Moment moment) {
        return other.kind() == DocumentKind.VPC
                && moment.desired()
                        .find(VpcPeersSpec.class, DocumentKind.VPC_PEERS, other.id())
                        .filter(p -> p.presence() == Presence.PRESENT || mayBeThere(p.id()))
                        .isPresent();
    }

    /** What is behind the fence may be elsewhere; so are its addresses. */
    @Override
    protected boolean isBehindFence(VpcPeersSpec peers) {
        return host.done(peers) || !mayBeThere(peers.id());
    }

    private boolean mayBeThere(VpcId id) {
        return there.contains(id) || host.inDoubt(key(id));
    }

    @Override
    protected void succeeded(Action action, Outcome outcome, @Nullable Generation wanted) {
        switch (action) {
            case EnsurePeers a -> there.add(a.vpc());
            case RemovePeers a -> there.remove(a.vpc());
        }
        worn.remove(action.vpc());
        host.settle(key(action.vpc()), wanted);
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(Question.needed("network", d -> Set.copyOf(d.network().overlays()), this::see));
    }

    private void see(Set<VpcId> now, Predicate<Lane> moving) {
        replace(there, now, moving);
    }

    @Override
    protected Set<VpcId> there() {
        return there;
    }

    /** A link that somebody set down has lost what it knew of other hosts, and looks as before: so all is gone over at each pass. */
    @Override
    protected Stream<Action> pass() {
        worn.addAll(there);
        return Stream.empty();
    }

    @Override
    protected ObservedDocument state(VpcPeersSpec peers, HostStates states) {
        if (peers.presence() == Presence.ABSENT) {
            var gone = states.moment().seen(peers) && host.done(peers) && !mayBeThere(peers.id());
            return states.at(peers, gone, ObservedDocument.State.GONE);
        }
        return states.at(peers, host.done(peers), ObservedDocument.State.READY);
    }
}
