package io.croft.agent.network.linux;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.arp.GratuitousArp;
import io.croft.types.Cidr;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The public pool in the host's routes: a /32 to the router for each address in use, and one for all others. Without an uplink that is unreachable, so that a packet that
 * misses never leaves. With one the others may be other hosts', so it is the uplink's link, and unreachable only behind that: when the uplink is down nothing leaves
 * by another way. Our routes of the whole pool are known by their protocol number.
 */
final class PublicPool {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String OURS = " proto 67";
    /** The metric of a route that every other one comes before. */
    private static final long LAST = (1L << 32) - 1;
    /** {@code ARPHRD_ETHER} of a link's type. */
    private static final String ETHERNET = "1";
    /** What a listing says of a route's link. */
    private static final String FLAGS = "( (linkdown|dead|onlink))+$";

    private final LinuxNetworkSettings settings;

    PublicPool(LinuxNetworkSettings settings) {
        this.settings = settings;
    }

    /**
     * Adds the pool's own routes to {@code batch}, each in place of one that is there.
     *
     * @throws NetworkException when the pool overlaps a route of the host that is not ours
     */
    void ensure(IpBatch batch) {
        var routes = routes();
        routes.stream().filter(this::foreign).findFirst().ifPresent(route -> {
            throw new NetworkException(
                    "the public pool " + settings.publicPool() + " overlaps a route of this host: " + route, null);
        });
        if (settings.uplink() == null) {
            batch.add("route replace unreachable " + settings.publicPool() + OURS);
            return;
        }
        batch.add("route replace unreachable " + settings.publicPool() + OURS + " metric " + LAST);
        if (Links.up(settings.uplink()) && routes.stream().noneMatch(this::uplinksOwn)) {
            batch.add("route replace " + settings.publicPool() + " dev " + settings.uplink() + OURS + " scope link");
        }
    }

    /** Adds to {@code batch} what takes the pool's own routes away. */
    void remove(IpBatch batch) {
        routes().stream()
                .filter(this::ofPool)
                .forEach(route -> batch.add("route delete " + route.replaceFirst(FLAGS, "")));
    }

    void open(IpBatch batch, String address, WayOut wayOut) {
        batch.add("route replace " + route(address, wayOut));
        if (settings.uplink() != null) {
            batch.add("neigh replace proxy " + address + " dev " + settings.uplink());
        }
    }

    /** Tells the uplink's other machines that an address is here; one that is none of Ethernet's knows no ARP. */
    void announce(String address) {
        var uplink = settings.uplink();
        if (uplink != null && Links.up(uplink) && Links.shown(uplink, "type").equals(ETHERNET)) {
            GratuitousArp.send(
                    Integer.parseInt(Links.shown(uplink, "ifindex")),
                    HexFormat.ofDelimiter(":").parseHex(Links.shown(uplink, "address")),
                    address);
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
        var ours = route.contains(" dev " + LinkName.PREFIX) || ofPool(route);
        var uplinks = settings.uplink() != null && route.contains(" dev " + settings.uplink() + " ");
        return !ours
                && !uplinks
                && destination(route).filter(settings.publicPool()::overlaps).isPresent();
    }

    /** Also one of an agent that did not number it. */
    private boolean ofPool(String route) {
        return (route + " ").contains(OURS + " ") || route.equals("unreachable " + settings.publicPool());
    }

    /** Whether it is the host's own route of the uplink's network, and that is the pool: there is none to add then, and it must not be replaced. */
    private boolean uplinksOwn(String route) {
        return route.startsWith(settings.publicPool() + " dev " + settings.uplink() + " ") && !ofPool(route);
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
