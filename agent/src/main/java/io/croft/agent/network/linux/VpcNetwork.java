package io.croft.agent.network.linux;

import io.croft.agent.exec.Beside;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.Underlay;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One VPC on this host. Its own lock guards what its interfaces share: the records, dnsmasq, the router's public addresses. */
final class VpcNetwork {
    private static final Duration THOROUGH = Duration.ofMinutes(1);
    static final List<String> SERVICE_ADDRESSES = List.of("169.254.169.254", "169.254.169.253", "169.254.169.123");

    private final VpcId id;
    private final LinuxNetworkSettings settings;
    private final InstantSource clock;
    private final RouterNamespace namespace;
    private final VpcFiles files;
    private final Dnsmasq dnsmasq;
    private final PublicPool pool;
    private @Nullable VpcSpec standing;
    private Instant verified = Instant.MIN;

    VpcNetwork(VpcId id, LinuxNetworkSettings settings, InstantSource clock) {
        this.id = id;
        this.settings = settings;
        this.clock = clock;
        this.namespace = new RouterNamespace(id);
        this.files = new VpcFiles(settings, id);
        this.dnsmasq = new Dnsmasq(namespace, files);
        this.pool = new PublicPool(settings);
    }

    synchronized void ensure(VpcSpec spec) {
        var now = clock.instant();
        if (!spec.equals(standing) || !now.isBefore(verified.plus(THOROUGH)) || !looksWell(spec)) {
            build(spec);
            verified = now;
        }
        dnsmasq.forget();
    }

    /** The rules are in force before the router has an address, and so before it forwards anything. */
    private void build(VpcSpec spec) {
        standing = null;
        files.create();
        ensureNamespace();
        var wayOut = wayOut();
        var links = IpBatch.ofHost();
        Beside.run(List.of(this::ensureSettings, () -> pool.ensure(links)));
        var before = files.allPorts();
        var shut = shut(spec);
        // What comes back to the shared address finds its way before anything goes out as it.
        ensureLinks(spec, wayOut, links);
        Beside.run(List.of(
                () -> namespace.runOrThrow(
                        List.of("nft", "-f", "-"), RouterRules.table(wayOut, spec, files.allPorts())),
                () -> namespace.runOrThrow(List.of("iptables-restore"), RouterRules.CHECKSUMS)));
        Beside.run(List.of(() -> ensureInside(spec, wayOut), () -> teach(spec)));
        shut.forEach(this::endPublicFlows);
        before.forEach(port -> announce(port.openAddress(), port.in(spec)));
        files.allPorts().forEach(port -> dnsmasq.name(port, DnsmasqText.names(spec, port)));
        dnsmasq.ensure(DnsmasqText.settings(spec, files, settings.publicPool(), UpstreamDns.of(settings)));
        standing = spec;
    }

    /** Notes what the VPC's routes make of its ports; those that were answered for and are no longer, as they were. */
    private List<PortRecord> shut(VpcSpec spec) {
        var shut = new ArrayList<PortRecord>();
        for (var before : files.allPorts()) {
            var port = before.in(spec);
            files.record(port);
            if (before.openAddress() != null && port.openAddress() == null) {
                shut.add(before);
            }
        }
        return shut;
    }

    /** What can be seen without starting a process. */
    private boolean looksWell(VpcSpec spec) {
        return namespace.exists()
                && dnsmasq.alive()
                && Links.exists(LinkName.wayOut(id))
                && spec.allSubnets().stream()
                        .allMatch(s ->
                                Links.exists(LinkName.bridge(s.id())) && Links.exists(LinkName.routerPort(s.id())));
    }

    private void ensureNamespace() {
        if (!namespace.exists()) {
            var batch = IpBatch.ofHost();
            batch.add("netns add " + namespace.name());
            batch.run();
        }
    }

    /** Before there is any link: some are for those to come. */
    private void ensureSettings() {
        var argv = new ArrayList<>(List.of("sysctl", "-q", "-w"));
        argv.addAll(RouterRules.SYSCTLS);
        namespace.runOrThrow(argv, "");
    }

    private WayOut wayOut() {
        return WayOut.find(id, Links.aliases(LinkName.PREFIX + "o"));
    }

    private void ensureLinks(VpcSpec spec, WayOut wayOut, IpBatch batch) {
        removeStrangers(spec, batch);
        spec.allSubnets().forEach(subnet -> ensureSubnet(subnet, batch));
        batch.addUnlessExists(
                wayOut.hostLink(),
                "link add name " + wayOut.hostLink() + " type veth peer name " + wayOut.routerLink() + " netns "
                        + namespace.name());
        batch.add("link set dev " + wayOut.hostLink() + " addrgenmode none alias " + wayOut.alias() + " up");
        batch.add("address replace " + wayOut.hostAddress() + "/31 dev " + wayOut.hostLink());
        batch.add("route replace " + wayOut.sharedAddress() + "/32 via " + wayOut.routerAddress() + " dev "
                + wayOut.hostLink());
        files.allPorts().forEach(port -> openPublic(port, wayOut, batch));
        batch.run();
    }

    /** Nothing is flooded to a router's port, so the bridge must know what is behind it before it stops learning. */
    private static void teach(VpcSpec spec) {
        var batch = IpBatch.ofBridges();
        for (var subnet : spec.allSubnets()) {
            var port = LinkName.routerPort(subnet.id());
            batch.add("fdb replace " + subnet.gatewayMac() + " dev " + port + " master static");
            batch.add("link set dev " + port + " learning off flood off mcast_flood off");
        }
        batch.run();
    }

    private void openPublic(PortRecord port, WayOut wayOut, IpBatch batch) {
        var open = port.openAddress();
        if (open != null) {
            pool.open(batch, open, wayOut);
        } else if (port.publicAddress() != null) {
            pool.close(batch, port.publicAddress(), wayOut);
        }
    }

    private void ensureSubnet(SubnetSpec subnet, IpBatch batch) {
        var bridge = LinkName.bridge(subnet.id());
        var port = LinkName.routerPort(subnet.id());
        var alias = LinkAlias.of(id, subnet.id());
        Links.requireOwn(bridge, alias);
        batch.addUnlessExists(
                bridge, "link add name " + bridge + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
        batch.add("link set dev " + bridge + " mtu " + LinuxNetworkSettings.MTU + " addrgenmode none alias " + alias
                + " up");
        batch.addUnlessExists(
                port,
                "link add name " + port + " mtu " + LinuxNetworkSettings.MTU + " type veth peer name "
                        + LinkName.gateway(subnet.id()) + " mtu " + LinuxNetworkSettings.MTU + " address "
                        + subnet.gatewayMac() + " netns " + namespace.name());
        batch.add("link set dev " + port + " master " + bridge + " addrgenmode none alias " + alias + " up");
    }

    /** Links of subnets that the VPC no longer has. */
    private void removeStrangers(VpcSpec spec, IpBatch batch) {
        var wanted = new HashSet<String>();
        spec.allSubnets()
                .forEach(s -> wanted.addAll(
                        List.of(LinkName.bridge(s.id()), LinkName.routerPort(s.id()), LinkName.overlay(s.id()))));
        for (var prefix : List.of("x", "v", "b")) {
            links(prefix).stream().filter(link -> !wanted.contains(link)).forEach(batch::removeLink);
        }
    }

    private void ensureInside(VpcSpec spec, WayOut wayOut) {
        var batch = IpBatch.of(namespace.name());
        batch.add("link set dev lo up");
        var own = Stream.concat(resolvers(spec).stream(), SERVICE_ADDRESSES.stream())
                .map(address -> address + "/32")
                .toList();
        own.forEach(address -> batch.add("address replace " + address + " dev lo"));
        list("ip", "-4", "-o", "addr", "show", "dev", "lo").stream()
                .map(line -> line.split("\\s+", 5)[3])
                .filter(address -> address.endsWith("/32") && !own.contains(address))
                .forEach(address -> batch.add("address delete " + address + " dev lo"));
        for (var subnet : spec.allSubnets()) {
            var gateway = LinkName.gateway(subnet.id());
            batch.add(
                    "address replace " + subnet.gateway() + "/" + subnet.cidr().prefixLength() + " dev " + gateway);
            batch.add("link set dev " + gateway + " up");
        }
        batch.add("address replace " + wayOut.routerAddress() + "/31 dev " + wayOut.routerLink());
        batch.add("link set dev " + wayOut.routerLink() + " up");
        batch.run();
        route(new RouterRoutes(spec, wayOut));
    }

    private void route(RouterRoutes wanted) {
        var routes = list("ip", "-4", "route", "show", "table", "all");
        var batch = IpBatch.of(namespace.name());
        wanted.change(list("ip", "-4", "rule", "show"), routes, batch);
        batch.run();
        wanted.narrowed(routes).forEach(s -> namespace.endFlows(s.cidr()));
    }

    private List<String> list(String... command) {
        return namespace
                .runOrThrow(List.of(command), "")
                .stdout()
                .lines()
                .map(String::strip)
                .toList();
    }

    /** Base plus two of the VPC and of each subnet. */
    private static List<String> resolvers(VpcSpec spec) {
        var addresses = new ArrayList<String>();
        addresses.add(spec.cidr().address(2));
        spec.allSubnets().stream()
                .map(s -> s.cidr().address(2))
                .filter(a -> !addresses.contains(a))
                .forEach(addresses::add);
        return addresses;
    }

    void plug(VpcSpec vpc, InterfaceSpec spec) {
        var port = PortRecord.of(spec, vpc);
        var bridge = LinkName.bridge(port.subnet());
        if (!Links.exists(bridge)) {
            throw new NetworkException("no bridge of " + port.subnet() + " for " + port.id(), null);
        }
        var tap = LinkName.tap(port.id());
        Links.requireOwn(tap, LinkAlias.of(id, port.id()));
        var batch = IpBatch.ofHost();
        var before = files.port(port.id()).map(PortRecord::openAddress).orElse(null);
        prepare(vpc, port, batch);
        batch.addUnlessExists(tap, "tuntap add dev " + tap + " mode tap");
        batch.add("link set dev " + tap + " mtu " + LinuxNetworkSettings.MTU + " addrgenmode none alias "
                + LinkAlias.of(id, port.id()) + " master " + bridge + " up");
        // Neither needs what the other makes: the router's part of a public address is in its own namespace.
        Beside.run(
                port.openAddress() == null ? List.of(batch::run) : List.of(batch::run, () -> addPublicAddress(port)));
        announce(before, port);
    }

    /** Neighbours that know a public address at another host hear where it is now. */
    private void announce(@Nullable String before, PortRecord now) {
        if (now.openAddress() != null && !now.openAddress().equals(before)) {
            pool.announce(now.openAddress());
        }
    }

    /** All that an interface needs but its tap, and the router's part of its public address. What it had is taken back whole before it is forgotten. */
    private synchronized void prepare(VpcSpec vpc, PortRecord port, IpBatch batch) {
        files.port(port.id()).filter(old -> !port.equals(old)).ifPresent(this::withdraw);
        files.record(port);
        dnsmasq.admit(port, vpc);
        if (port.publicAddress() != null) {
            openPublic(port, wayOut(), batch);
        }
    }

    synchronized void unplug(NetworkInterfaceId port) {
        var batch = IpBatch.ofHost();
        batch.removeLink(LinkName.tap(port));
        batch.run();
        files.port(port).ifPresent(this::withdraw);
        files.forget(port);
    }

    /** Takes back the lease and the public address, the flows of which end: those too that are up, and only once none can begin. */
    private void withdraw(PortRecord port) {
        dnsmasq.retire(port);
        if (port.publicAddress() != null) {
            var batch = IpBatch.ofHost();
            pool.close(batch, port.publicAddress(), wayOut());
            batch.run();
            if (namespace.exists()) {
                applyPublicAddresses(files.allPorts().stream()
                        .filter(p -> !p.id().equals(port.id()))
                        .toList());
                endPublicFlows(port);
            }
        }
    }

    private void endPublicFlows(PortRecord port) {
        if (port.publicAddress() != null) {
            namespace.endFlows(port.address(), port.publicAddress());
        }
    }

    /** A flush costs the kernel 10 ms, an addition next to nothing; it fails when the address has another partner yet. */
    private synchronized void addPublicAddress(PortRecord port) {
        if (!namespace
                .run(List.of("nft", "-f", "-"), RouterRules.publicAddress(port))
                .ok()) {
            applyPublicAddresses(files.allPorts());
        }
    }

    private void applyPublicAddresses(List<PortRecord> ports) {
        namespace.runOrThrow(List.of("nft", "-f", "-"), RouterRules.publicAddresses(ports));
    }

    synchronized void ensurePeers(VpcSpec vpc, VpcPeersSpec peers, Underlay underlay) {
        new Overlay(namespace).ensure(vpc, peers, underlay);
    }

    synchronized void removePeers() {
        new Overlay(namespace)
                .remove(Stream.of("x", "b")
                        .flatMap(kind -> Links.aliases(LinkName.PREFIX + kind).values().stream())
                        .flatMap(alias -> LinkAlias.parse(alias).stream())
                        .filter(alias -> alias.vpc().equals(id))
                        .map(alias -> new SubnetId(alias.part()))
                        .distinct()
                        .toList());
    }

    synchronized void remove() {
        if (!links("t").isEmpty() || !files.allPorts().isEmpty()) {
            throw new NetworkException("there are taps in " + id + " yet", null);
        }
        standing = null;
        dnsmasq.stop();
        var batch = IpBatch.ofHost();
        for (var kind : List.of("x", "v", "b", "o")) {
            links(kind).forEach(batch::removeLink);
        }
        if (namespace.exists()) {
            batch.add("netns delete " + namespace.name());
        }
        batch.run();
        files.remove();
    }

    /** This VPC's links of a kind. A link without an alias is one whose making was cut short: the next call makes it again. */
    private List<String> links(String kind) {
        return Links.aliases(LinkName.PREFIX + kind).entrySet().stream()
                .filter(link -> LinkAlias.parse(link.getValue())
                        .filter(a -> a.vpc().equals(id))
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }
}
