package io.croft.agent.reconcile.kinds;

import io.croft.agent.firewall.FirewallPort;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.network.Port;
import io.croft.agent.reconcile.Moment;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filter that is wanted. A port is in it from before its tap is plugged until after it is unplugged; one whose groups are not all known
 * yet waits outside, unless its tap is there already.
 */
final class WantedFilter {
    private final Moment moment;
    private final ObservedFilter observed;
    private final FirewallSpec spec;
    private final Map<NetworkInterfaceId, FirewallPort> ports = new HashMap<>();
    private final Map<SecurityGroupId, SecurityGroupSpec> groups =
            new TreeMap<>(Comparator.comparing(SecurityGroupId::value));

    WantedFilter(Moment moment, ObservedFilter observed, Function<InterfaceSpec, Port> place) {
        this.moment = moment;
        this.observed = observed;
        var desired = moment.desired();
        var list = new ArrayList<FirewallPort>();
        desired.all(InterfaceSpec.class)
                .filter(i -> wanted(desired, i))
                .forEach(i -> desired.find(
                                VpcSpec.class, DocumentKind.VPC, i.vpc().value())
                        .ifPresent(vpc -> list.add(new FirewallPort(i, place.apply(i), vpc))));
        list.forEach(p -> ports.put(p.spec().id(), p));
        list.stream().flatMap(p -> p.spec().groups().stream()).forEach(id -> add(desired, id));
        List.copyOf(groups.values()).stream().flatMap(WantedFilter::named).forEach(id -> add(desired, id));
        this.spec = new FirewallSpec(
                List.copyOf(groups.values()),
                list,
                desired.all(VpcPeersSpec.class)
                        .filter(p -> p.presence() == Presence.PRESENT || mayBeThere(p))
                        .sorted(Comparator.comparing(p -> p.id().value()))
                        .toList());
    }

    FirewallSpec spec() {
        return spec;
    }

    /** Whether the port's chains are in force just as wanted, its groups' rules included. */
    boolean exact(InterfaceSpec port) {
        var wanted = ports.get(port.id());
        return wanted != null && observed.surely(s -> s.ports().contains(wanted) && sameGroups(s, port));
    }

    /** Whether what comes from these hosts is let in, and nothing of others. */
    boolean admits(VpcPeersSpec peers) {
        return observed.surely(s -> s.peers().contains(peers));
    }

    /** Whether the port has chains in force, maybe with rules that are about to change. */
    boolean holds(NetworkInterfaceId port) {
        return observed.surelyHolds(port);
    }

    /** Whether the group is in force as wanted, or no port here needs it. */
    boolean settled(SecurityGroupSpec group) {
        var wanted = groups.get(group.id());
        return observed.surely(s -> Objects.equals(wanted, find(s, group.id())));
    }

    private boolean sameGroups(FirewallSpec other, InterfaceSpec port) {
        return port.groups().stream().allMatch(id -> Objects.equals(groups.get(id), find(other, id)));
    }

    private static @Nullable SecurityGroupSpec find(FirewallSpec spec, SecurityGroupId id) {
        return spec.groups().stream().filter(g -> g.id().equals(id)).findFirst().orElse(null);
    }

    private boolean wanted(LedgerState desired, InterfaceSpec port) {
        if (port.presence() == Presence.ABSENT) {
            return mayBePlugged(port) || moment.inUse(port.key());
        }
        return mayBePlugged(port)
                || port.groups().stream()
                        .allMatch(id -> group(desired, id)
                                .filter(g -> g.presence() == Presence.PRESENT)
                                .isPresent());
    }

    private boolean mayBePlugged(InterfaceSpec port) {
        return moment.mayBeThere(DocumentKind.INTERFACE, port.id());
    }

    private boolean mayBeThere(VpcPeersSpec peers) {
        return moment.mayBeThere(DocumentKind.VPC_PEERS, peers.id());
    }

    private void add(LedgerState desired, SecurityGroupId id) {
        group(desired, id).ifPresent(g -> groups.put(id, g));
    }

    private static Optional<SecurityGroupSpec> group(LedgerState desired, SecurityGroupId id) {
        return desired.find(SecurityGroupSpec.class, DocumentKind.SECURITY_GROUP, id.value());
    }

    private static Stream<SecurityGroupId> named(SecurityGroupSpec group) {
        return group.rules().stream().flatMap(r -> Stream.ofNullable(r.group()));
    }
}
