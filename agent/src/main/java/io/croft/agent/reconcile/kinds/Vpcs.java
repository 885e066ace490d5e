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
import io.croft.protocol.VpcSpec;
import io.croft.types.Generation;
import io.croft.types.VpcId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A VPC's network on this host, and the metadata service in it. It stands on nothing. */
public final class Vpcs extends Kind<VpcSpec, Vpcs.Action> {
    /** At each so manieth pass all are gone over again, since parts of them wear off unseen. */
    private static final int WEAR_EVERY = 3;

    private final Set<VpcId> there = new HashSet<>();
    private final Set<VpcId> serving = new HashSet<>();
    private final Set<VpcId> worn = new HashSet<>();
    private int passes;

    Vpcs(ObservedHost host) {
        super(DocumentKind.VPC, VpcSpec.class, Action.class, host);
    }

    static DocumentKey key(VpcId id) {
        return new DocumentKey(DocumentKind.VPC, id.value());
    }

    /** Concerns a VPC's network. */
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
                case EnsureVpc a -> drivers.network().ensureVpc(a.spec());
                case RemoveVpc a -> drivers.network().removeVpc(a.vpc());
                case ServeMetadata a -> drivers.metadata().serve(a.vpc());
                case WithdrawMetadata a -> drivers.metadata().withdraw(a.vpc());
            }
            return Outcome.DONE;
        }

        @Override
        default Optional<Failure> failure(Throwable thrown) {
            return DriverFailures.of(thrown, Failure.Code.NETWORK);
        }
    }

    public record EnsureVpc(VpcSpec spec) implements Action {
        @Override
        public VpcId vpc() {
            return spec.id();
        }
    }

    public record RemoveVpc(VpcId vpc) implements Action {}

    public record ServeMetadata(VpcId vpc) implements Action {}

    public record WithdrawMetadata(VpcId vpc) implements Action {}

    @Override
    protected Stream<Action> up(VpcSpec vpc, Moment moment) {
        if (!host.done(vpc) || worn.contains(vpc.id())) {
            return Stream.of(new EnsureVpc(vpc));
        }
        return serving(vpc.id()) ? Stream.empty() : Stream.of(new ServeMetadata(vpc.id()));
    }

    @Override
    protected Stream<Action> down(VpcSpec vpc, Moment moment) {
        if (serving(vpc.id())) {
            return Stream.of(new WithdrawMetadata(vpc.id()));
        }
        return host.done(vpc) && !there.contains(vpc.id()) ? Stream.empty() : Stream.of(new RemoveVpc(vpc.id()));
    }

    /** The VPC, once its network stands. */
    Optional<VpcSpec> standing(VpcId id, Moment moment) {
        return moment.desired()
                .find(VpcSpec.class, DocumentKind.VPC, id.value())
                .filter(v -> v.presence() == Presence.PRESENT && host.done(v));
    }

    /** Whether its metadata service answers. */
    boolean serving(VpcId id) {
        return serving.contains(id);
    }

    @Override
    protected void begin(Action action, Instant now) {
        if (!(action instanceof ServeMetadata)) {
            super.begin(action, now);
        }
    }

    @Override
    protected void succeeded(Action action, Outcome outcome, @Nullable Generation wanted) {
        switch (action) {
            case EnsureVpc a -> {
                there.add(a.vpc());
                worn.remove(a.vpc());
                host.settle(key(a.vpc()), wanted);
            }
            case RemoveVpc a -> {
                there.remove(a.vpc());
                worn.remove(a.vpc());
                host.settle(key(a.vpc()), wanted);
            }
            case ServeMetadata a -> serving.add(a.vpc());
            case WithdrawMetadata a -> {
                serving.remove(a.vpc());
                host.clear(key(a.vpc()));
            }
        }
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(
                Question.needed("network", d -> Set.copyOf(d.network().vpcs()), this::see),
                Question.needed("metadata service", d -> d.metadata().serving(), this::seeServing));
    }

    private void see(Set<VpcId> now, Predicate<Lane> moving) {
        replace(there, now, moving);
    }

    private void seeServing(Set<VpcId> now, Predicate<Lane> moving) {
        serving.removeIf(id -> !now.contains(id) && !moving.test(Lane.of(key(id))));
        now.stream().filter(id -> !moving.test(Lane.of(key(id)))).forEach(serving::add);
    }

    @Override
    protected Set<VpcId> there() {
        return there;
    }

    @Override
    protected Stream<Action> pass() {
        passes++;
        if (passes % WEAR_EVERY == 0) {
            worn.addAll(there);
        }
        return Stream.empty();
    }

    @Override
    protected ObservedDocument state(VpcSpec vpc, HostStates states) {
        if (vpc.presence() == Presence.ABSENT) {
            var gone = states.moment().seen(vpc) && host.done(vpc) && !there.contains(vpc.id());
            return states.at(vpc, gone, ObservedDocument.State.GONE);
        }
        return states.at(vpc, host.done(vpc) && serving(vpc.id()), ObservedDocument.State.READY);
    }
}
