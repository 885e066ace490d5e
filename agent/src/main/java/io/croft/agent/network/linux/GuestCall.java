package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.types.NetworkInterfaceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to the guests of a VPC whether they are there. The router's kernel asks it, by ARP to each guest's own MAC and from the subnet's gateway: put
 * into the state PROBE, a neighbour is REACHABLE once it has answered and is not before. The kernel asks thrice, a second apart, and then leaves it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-neighbour.8.html">ip-neighbour(8)</a>
 */
final class GuestCall {
    private static final Logger LOG = LoggerFactory.getLogger(GuestCall.class);

    private final RouterNamespace namespace;
    private final List<PortRecord> guests;
    private final Set<String> reachable = new HashSet<>();
    private boolean told = true;

    private GuestCall(RouterNamespace namespace, List<PortRecord> guests) {
        this.namespace = namespace;
        this.guests = guests;
    }

    /** Asks them all; empty where they cannot be asked, as in a VPC that is being made or taken down, which says nothing about them. */
    static Optional<GuestCall> to(RouterNamespace namespace, List<PortRecord> guests) {
        if (guests.isEmpty() || !namespace.exists()) {
            return Optional.empty();
        }
        var batch = IpBatch.of(namespace.name());
        guests.forEach(guest -> batch.add("neighbour replace " + guest.address() + " lladdr " + guest.mac() + " dev "
                + LinkName.gateway(guest.subnet()) + " nud probe"));
        try {
            batch.run();
            return Optional.of(new GuestCall(namespace, guests));
        } catch (NetworkException e) {
            LOG.atDebug().addKeyValue("vpc", namespace.vpc()).setCause(e).log("Guests cannot be asked");
            return Optional.empty();
        }
    }

    /** Whether all have answered by now. */
    boolean answered() {
        if (reachable.size() < guests.size()) {
            var table = namespace.run(List.of("ip", "neighbour", "show", "nud", "reachable"), "");
            told = table.ok();
            var addresses =
                    table.stdout().lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
            guests.stream().map(PortRecord::address).filter(addresses::contains).forEach(reachable::add);
        }
        return reachable.size() == guests.size();
    }

    /** Who has answered, and who has not; nobody when the kernel did not tell. */
    Map<NetworkInterfaceId, Boolean> answers() {
        return !told
                ? Map.of()
                : guests.stream().collect(Collectors.toMap(PortRecord::id, g -> reachable.contains(g.address())));
    }
}
