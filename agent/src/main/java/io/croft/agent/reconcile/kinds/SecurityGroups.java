package io.croft.agent.reconcile.kinds;

import io.croft.agent.firewall.FirewallSpec;
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
import io.croft.protocol.SecurityGroupSpec;
import io.croft.types.Generation;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The security groups, which together with the ports that are in them make the host's one filter. It stands on nothing: chains are there before their port. */
public final class SecurityGroups extends Kind<SecurityGroupSpec, SecurityGroups.ApplyFirewall> {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityGroups.class);
    private static final Lane LANE = Lane.ofHost("firewall");

    private final Function<InterfaceSpec, Port> ports;
    private final ObservedFilter observed = new ObservedFilter();

    SecurityGroups(ObservedHost host, Function<InterfaceSpec, Port> ports) {
        super(DocumentKind.SECURITY_GROUP, SecurityGroupSpec.class, ApplyFirewall.class, host);
        this.ports = ports;
    }

    static DocumentKey key(SecurityGroupId id) {
        return new DocumentKey(DocumentKind.SECURITY_GROUP, id.value());
    }

    /** Puts the whole host's filter in force. */
    public record ApplyFirewall(FirewallSpec spec) implements HostAction {
        @Override
        public Lane lane() {
            return LANE;
        }

        @Override
        public Crew crew() {
            return Crews.FIREWALL;
        }

        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            return new Filtered(drivers.firewall().apply(spec));
        }

        @Override
        public Optional<Failure> failure(Throwable thrown) {
            return DriverFailures.of(thrown, Failure.Code.FIREWALL);
        }
    }

    /** @param changed whether anything had to change */
    public record Filtered(boolean changed) implements Outcome {}

    @Override
    protected Stream<ApplyFirewall> always(Moment moment) {
        var spec = filter(moment).spec();
        return observed.inForce(spec) ? Stream.empty() : Stream.of(new ApplyFirewall(spec));
    }

    @Override
    protected Stream<ApplyFirewall> up(SecurityGroupSpec group, Moment moment) {
        return Stream.empty();
    }

    @Override
    protected Stream<ApplyFirewall> down(SecurityGroupSpec group, Moment moment) {
        return Stream.empty();
    }

    /** The filter that is wanted. */
    WantedFilter filter(Moment moment) {
        return moment.once(WantedFilter.class, () -> new WantedFilter(moment, observed, ports));
    }

    /** Where the filter is put in force. */
    Lane lane() {
        return LANE;
    }

    /** Whether there may still be chains for the interface. */
    boolean mayHold(NetworkInterfaceId id) {
        return observed.mayHold(id);
    }

    /** What the driver says is wrong with the host's filter, one sentence each: as long as there is anything, no machine starts. */
    Set<String> problems() {
        return observed.problems();
    }

    @Override
    protected void begin(ApplyFirewall action, Instant now) {
        observed.attempt(action.spec());
    }

    /** What was in force already, and had to be changed all the same, had been changed by somebody else. */
    @Override
    protected void succeeded(ApplyFirewall action, Outcome outcome, @Nullable Generation wanted) {
        if (((Filtered) outcome).changed() && action.spec().equals(observed.applied())) {
            host.drifted();
            LOG.atWarn().log("Somebody else changed the filter; it is as wanted again");
        }
        observed.apply(action.spec());
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(
                Question.needed("firewall", d -> d.firewall().ports(), this::seeTaps),
                Question.needed("firewall", d -> d.firewall().problems(), (now, _) -> observed.see(now)));
    }

    private void seeTaps(Set<String> taps, Predicate<Lane> moving) {
        if (!moving.test(LANE)) {
            observed.seeTaps(taps);
        }
    }

    /** Puts the filter in force again, in case somebody else changed it. */
    @Override
    protected Stream<ApplyFirewall> pass() {
        return Stream.ofNullable(observed.applied()).map(ApplyFirewall::new);
    }

    @Override
    protected ObservedDocument state(SecurityGroupSpec group, HostStates states) {
        var reached = group.presence() == Presence.PRESENT ? ObservedDocument.State.READY : ObservedDocument.State.GONE;
        return filter(states.moment()).settled(group)
                ? states.at(group, reached)
                : states.notYet(group, failure(states));
    }

    /** Why the filter is not in force: the last try's failure. */
    Optional<Failure> failure(HostStates states) {
        return states.failure(LANE);
    }
}
