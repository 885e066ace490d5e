package io.croft.controller.network.overlay;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.VpcPeersSpec.Member;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts that can be one network, each with the address of its underlay. One that is proved dead is none of them: what was there is nowhere.
 *
 * @param addresses by host
 */
record Underlays(Map<HostId, String> addresses) {
    Underlays {
        addresses = Map.copyOf(addresses);
    }

    static Underlays of(FleetSnapshot fleet) {
        var addresses = new LinkedHashMap<HostId, String>();
        fleet.hosts().forEach(h -> address(h).ifPresent(a -> addresses.put(h.id(), a)));
        return new Underlays(addresses);
    }

    private static Optional<String> address(HostView host) {
        var facts = host.facts();
        if (facts == null || host.state() == HostState.DEAD || !facts.takes(DocumentKind.VPC_PEERS)) {
            return Optional.empty();
        }
        return Optional.ofNullable(facts.underlay()).map(u -> u.address());
    }

    /** Which of a VPC's interfaces a host reaches on others; none when it has none of them itself. */
    List<Member> seenFrom(HostId host, Collection<Placed> interfaces) {
        var own = addresses.get(host);
        if (own == null || interfaces.stream().noneMatch(i -> i.host().equals(host))) {
            return List.of();
        }
        return interfaces.stream()
                .filter(i -> !i.host().equals(host))
                .flatMap(
                        i -> Optional.ofNullable(addresses.get(i.host()))
                                .filter(underlay -> !underlay.equals(own))
                                .map(i::behind)
                                .stream())
                .toList();
    }
}
