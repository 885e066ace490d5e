package io.croft.agent.network.linux;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.types.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The public pool in the host's routes: unreachable as a whole, so that a packet that misses never leaves, and a /32 to the router for each address in use. */
final class PublicPool {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final LinuxNetworkSettings settings;

    PublicPool(LinuxNetworkSettings settings) {
        this.settings = settings;
    }

    /**
     * Adds the pool's own route to {@code batch}.
     *
     * @throws NetworkException when the pool overlaps a route of the host that is not ours
     */
    void ensure(IpBatch batch) {
        routes().stream().filter(this::foreign).findFirst().ifPresent(route -> {
            throw new NetworkException(
                    "the public pool " + settings.publicPool() + " overlaps a route of this host: " + route, null);
        });
        batch.add("route replace unreachable " + settings.publicPool());
    }

    void open(IpBatch batch, String address, WayOut wayOut) {
        batch.add("route replace " + route(address, wayOut));
        if (settings.uplink() != null) {
            batch.add("neigh replace proxy " + address + " dev " + settings.uplink());
        }
    }

    void close(IpBatch batch, String address, WayOut wayOut) {
        if (Links.exists(wayOut.hostLink())) {
            batch.makeAbsent("route", route(address, wayOut));
        }
        if (settings.uplink() != null) {
            batch.makeAbsent("neigh", "proxy " + address + " dev " + settings.uplink());
        }
    }

    private static String route(String address, WayOut wayOut) {
        return address + "/32 via " + wayOut.routerAddress() + " dev " + wayOut.hostLink();
    }

    private List<String> routes() {
        try {
            return Exec.run(List.of("ip", "-4", "route", "show", "table", "all"), DEADLINE)
                    .orThrow()
                    .stdout()
                    .lines()
                    .map(String::strip)
                    .toList();
        } catch (ExecException e) {
            throw new NetworkException("cannot list the host's routes", e);
        }
    }

    /** Whether a route would lose packets to the pool, or the pool to it. The uplink's own network may hold the pool: that is what proxy ARP is for. */
    private boolean foreign(String route) {
        var ours = route.contains(" dev " + LinkName.PREFIX) || route.equals("unreachable " + settings.publicPool());
        var uplinks = settings.uplink() != null && route.contains(" dev " + settings.uplink() + " ");
        return !ours
                && !uplinks
                && destination(route).filter(settings.publicPool()::overlaps).isPresent();
    }

    private static Optional<Cidr> destination(String route) {
        for (var word : route.split("\\s+", -1)) {
            if (word.equals("default")) {
                return Optional.empty();
            }
            if (Character.isDigit(word.charAt(0))) {
                return Optional.of(new Cidr(word.indexOf('/') < 0 ? word + "/32" : word));
            }
        }
        return Optional.empty();
    }
}
