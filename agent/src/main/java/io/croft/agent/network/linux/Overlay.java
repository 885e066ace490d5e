package io.croft.agent.network.linux;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.Underlay;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.SubnetId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A VPC across hosts: a VXLAN port on each subnet's bridge, which learns nothing and to which nothing is flooded. Where an interface on another host is, the kernel is told of each by itself. All is read back
 * each time, and only what differs is changed.
 */
final class Overlay {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final RouterNamespace namespace;

    Overlay(RouterNamespace namespace) {
        this.namespace = namespace;
    }

    /** @throws NetworkException while a subnet of the VPC has no bridge, too */
    void ensure(VpcSpec vpc, VpcPeersSpec peers, Underlay underlay) {
        ports(vpc, underlay);
        change(ids(vpc), OverlayEntries.wanted(vpc, peers));
    }

    /** Takes away what the kernel knows of interfaces on other hosts, and the VXLAN ports. */
    void remove(Collection<SubnetId> subnets) {
        var nothing = OverlayEntries.there(Set.of(), List.of(), List.of(), List.of());
        change(Set.copyOf(subnets), nothing);
        var batch = IpBatch.ofHost();
        subnets.forEach(s -> batch.removeLink(LinkName.overlay(s)));
        batch.run();
    }

    private static Set<SubnetId> ids(VpcSpec vpc) {
        return vpc.allSubnets().stream().map(SubnetSpec::id).collect(Collectors.toSet());
    }

    private void ports(VpcSpec vpc, Underlay underlay) {
        var there = host("ip", "-d", "-o", "link", "show", "type", "vxlan").stream()
                .flatMap(line -> OverlayLink.parse(line).stream())
                .collect(Collectors.toMap(OverlayLink::name, Function.identity()));
        var making = IpBatch.ofHost();
        var hushing = IpBatch.ofBridges();
        var raising = IpBatch.ofHost();
        for (var subnet : vpc.allSubnets()) {
            port(vpc, subnet, underlay, there, making, hushing, raising);
        }
        making.run();
        hushing.run();
        raising.run();
    }

    /** A port is quiet before it is up. */
    private static void port(
            VpcSpec vpc,
            SubnetSpec subnet,
            Underlay underlay,
            Map<String, OverlayLink> there,
            IpBatch making,
            IpBatch hushing,
            IpBatch raising) {
        var name = LinkName.overlay(subnet.id());
        var bridge = LinkName.bridge(subnet.id());
        var made =
                "id " + subnet.vni() + " local " + underlay.address() + " dstport " + HostUnderlay.PORT + " nolearning";
        if (!Links.exists(bridge)) {
            throw new NetworkException("no bridge of " + subnet.id() + " for " + name, null);
        }
        Links.requireOwn(name, LinkAlias.of(vpc.id(), subnet.id()));
        var known = there.get(name);
        if (new OverlayLink(name, made, bridge, true, true).equals(known)) {
            return;
        }
        if (known == null || !known.made().equals(made)) {
            making.removeLink(name);
            making.add("link add name " + name + " mtu " + LinuxNetworkSettings.MTU + " type vxlan " + made);
        }
        making.add("link set dev " + name + " mtu " + LinuxNetworkSettings.MTU + " addrgenmode none alias "
                + LinkAlias.of(vpc.id(), subnet.id()) + " master " + bridge);
        hushing.add(
                "link set dev " + name + " learning off flood off mcast_flood off bcast_flood off neigh_suppress on");
        raising.add("link set dev " + name + " up");
    }

    private void change(Set<SubnetId> subnets, OverlayEntries wanted) {
        var there = OverlayEntries.there(
                subnets,
                host("bridge", "fdb", "show"),
                host("ip", "-4", "neighbour", "show", "nud", "permanent"),
                namespace.exists() ? router() : List.of());
        run(IpBatch.ofBridges(), wanted.bridging(there));
        run(IpBatch.ofHost(), wanted.answering(there));
        run(IpBatch.of(namespace.name()), wanted.routing(there));
    }

    private static void run(IpBatch batch, List<String> commands) {
        commands.forEach(batch::add);
        batch.run();
    }

    private List<String> router() {
        return namespace
                .runOrThrow(List.of("ip", "-4", "neighbour", "show", "nud", "permanent"), "")
                .stdout()
                .lines()
                .map(String::strip)
                .toList();
    }

    private static List<String> host(String... command) {
        try {
            return Exec.run(List.of(command), DEADLINE)
                    .orThrow()
                    .stdout()
                    .lines()
                    .map(String::strip)
                    .toList();
        } catch (ExecException e) {
            throw new NetworkException("cannot look at the ways to other hosts", e);
        }
    }
}
