package io.croft.agent.network.linux;

import io.croft.agent.exec.Beside;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VpcId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One VPC on this host. Its own lock guards what its interfaces share: the records, dnsmasq, the router's public addresses. */
final class VpcNetwork {
    private static final Duration THOROUGH = Duration.ofMinutes(1);
    /** RFC 3927: no router lets it pass. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

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
        Beside.run(List.of(
                () -> ensureLinks(spec, wayOut, links),
                () -> namespace.runOrThrow(List.of("nft", "-f", "-"), RouterRules.table(spec, files.allPorts())),
                () -> namespace.runOrThrow(List.of("iptables-restore"), RouterRules.CHECKSUMS)));
        Beside.run(List.of(() -> ensureInside(spec, wayOut), () -> teach(spec)));
        files.allPorts().forEach(port -> dnsmasq.name(port, DnsmasqText.names(spec, port)));
        dnsmasq.ensure(DnsmasqText.settings(spec, files, settings.publicPool(), UpstreamDns.of(settings)));
        standing = spec;
    }

    /** What can be seen without starting a process. */
    private boolean looksWell(VpcSpec spec) {
        return namespace.exists()
                && dnsmasq.alive()
                && Links.exists(LinkName.wayOut(id))
                && spec.subnets().stream()
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
        spec.subnets().forEach(subnet -> ensureSubnet(subnet, batch));
        batch.addUnlessExists(
                wayOut.hostLink(),
                "link add name " + wayOut.hostLink() + " type veth peer name " + wayOut.routerLink() + " netns "
                        + namespace.name());
        batch.add("link set dev " + wayOut.hostLink() + " addrgenmode none alias " + wayOut.alias() + " up");
        batch.add("address replace " + wayOut.hostAddress() + "/31 dev " + wayOut.hostLink());
        files.allPorts().forEach(port -> openPublic(port, wayOut, batch));
        batch.run();
    }

    /** Nothing is flooded to a router's port, so the bridge must know what is behind it before it stops learning. */
    private static void teach(VpcSpec spec) {
        var batch = IpBatch.ofBridges();
        for (var subnet : spec.subnets()) {
            var port = LinkName.routerPort(subnet.id());
            batch.add("fdb replace " + subnet.gatewayMac() + " dev " + port + " master static");
            batch.add("link set dev " + port + " learning off flood off mcast_flood off");
        }
        batch.run();
    }

    private void openPublic(PortRecord port, WayOut wayOut, IpBatch batch) {
        if (port.publicAddress() != null) {
            pool.open(batch, port.publicAddress(), wayOut);
        }
    }

    private void ensureSubnet(SubnetSpec subnet, IpBatch batch) {
        var bridge = LinkName.bridge(subnet.id());
        var port = LinkName.routerPort(subnet.id());
        var alias = LinkAlias.of(id, subnet.id());
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
        spec.subnets().forEach(s -> wanted.addAll(List.of(LinkName.bridge(s.id()), LinkName.routerPort(s.id()))));
        for (var prefix : List.of("v", "b")) {
            links(prefix).stream().filter(link -> !wanted.contains(link)).forEach(batch::removeLink);
        }
    }

    private void ensureInside(VpcSpec spec, WayOut wayOut) {
        var batch = IpBatch.of(namespace.name());
        batch.add("link set dev lo up");
        resolvers(spec).forEach(address -> batch.add("address replace " + address + "/32 dev lo"));
        SERVICE_ADDRESSES.forEach(address -> batch.add("address replace " + address + "/32 dev lo"));
        for (var subnet : spec.subnets()) {
            var gateway = LinkName.gateway(subnet.id());
            batch.add(
                    "address replace " + subnet.gateway() + "/" + subnet.cidr().prefixLength() + " dev " + gateway);
            batch.add("link set dev " + gateway + " up");
        }
        batch.add("address replace " + wayOut.routerAddress() + "/31 dev " + wayOut.routerLink());
        batch.add("link set dev " + wayOut.routerLink() + " up");
        batch.add("route replace default via " + wayOut.hostAddress());
        batch.add("route replace unreachable " + spec.cidr());
        batch.add("route replace unreachable " + LINK_LOCAL);
        batch.run();
    }

    /** Base plus two of the VPC and of each subnet. */
    private static List<String> resolvers(VpcSpec spec) {
        var addresses = new ArrayList<String>();
        addresses.add(spec.cidr().address(2));
        spec.subnets().stream()
                .map(s -> s.cidr().address(2))
                .filter(a -> !addresses.contains(a))
                .forEach(addresses::add);
        return addresses;
    }

    void plug(VpcSpec vpc, InterfaceSpec spec) {
        var port = PortRecord.of(spec);
        var bridge = LinkName.bridge(port.subnet());
        if (!Links.exists(bridge)) {
            throw new NetworkException("no bridge of " + port.subnet() + " for " + port.id(), null);
        }
        var batch = IpBatch.ofHost();
        prepare(vpc, port, batch);
        var tap = LinkName.tap(port.id());
        batch.addUnlessExists(tap, "tuntap add dev " + tap + " mode tap");
        batch.add("link set dev " + tap + " mtu " + LinuxNetworkSettings.MTU + " addrgenmode none alias "
                + LinkAlias.of(id, port.id()) + " master " + bridge + " up");
        // Neither needs what the other makes: the router's part of a public address is in its own namespace.
        Beside.run(
                port.publicAddress() == null ? List.of(batch::run) : List.of(batch::run, () -> addPublicAddress(port)));
    }

    /** All that an interface needs but its tap, and the router's part of its public address. */
    private synchronized void prepare(VpcSpec vpc, PortRecord port, IpBatch batch) {
        var before = files.port(port.id());
        before.filter(old -> !port.equals(old)).ifPresent(old -> withdraw(old, batch));
        files.record(port);
        dnsmasq.admit(port, vpc);
        if (port.publicAddress() != null) {
            openPublic(port, wayOut(), batch);
        }
    }

    synchronized void unplug(NetworkInterfaceId port) {
        var batch = IpBatch.ofHost();
        batch.removeLink(LinkName.tap(port));
        var record = files.port(port);
        record.ifPresent(old -> withdraw(old, batch));
        batch.run();
        files.forget(port);
        if (record.map(PortRecord::publicAddress).isPresent() && namespace.exists()) {
            applyPublicAddresses();
        }
    }

    /** Takes back the lease and the public address. */
    private void withdraw(PortRecord port, IpBatch batch) {
        dnsmasq.retire(port);
        if (port.publicAddress() != null) {
            pool.close(batch, port.publicAddress(), wayOut());
            if (namespace.exists()) {
                namespace.endFlows(port.address(), port.publicAddress());
            }
        }
    }

    /** A flush costs the kernel 10 ms, an addition next to nothing; it fails when the address has another partner yet. */
    private synchronized void addPublicAddress(PortRecord port) {
        if (!namespace
                .run(List.of("nft", "-f", "-"), RouterRules.publicAddress(port))
                .ok()) {
            applyPublicAddresses();
        }
    }

    private void applyPublicAddresses() {
        namespace.runOrThrow(List.of("nft", "-f", "-"), RouterRules.publicAddresses(files.allPorts()));
    }

    synchronized void remove() {
        if (!links("t").isEmpty() || !files.allPorts().isEmpty()) {
            throw new NetworkException("there are taps in " + id + " yet", null);
        }
        standing = null;
        dnsmasq.stop();
        var batch = IpBatch.ofHost();
        for (var kind : List.of("v", "b", "o")) {
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
