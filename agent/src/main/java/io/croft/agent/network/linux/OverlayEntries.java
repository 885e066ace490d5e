package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.SubnetId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the kernel must know of a VPC's interfaces on other hosts, pure: behind which host's address each MAC is, and which MAC has each address, for the bridge, which answers ARP, and for the router. What is
 * there and not wanted goes, on the VPC's own links alone.
 *
 * @param tunnels by MAC and VXLAN port: the host
 * @param ports by MAC and VXLAN port: the bridge's own entry
 * @param neighbours by address and bridge: the MAC
 * @param routed by address and gateway: the MAC
 */
record OverlayEntries(
        Map<String, String> tunnels, Set<String> ports, Map<String, String> neighbours, Map<String, String> routed) {
    private static final Pattern TUNNEL = Pattern.compile("(\\S+) dev (\\S+) dst (\\S+) .*self.*");
    private static final Pattern PORT = Pattern.compile("(\\S+) dev (\\S+) master (\\S+) static.*");
    private static final Pattern NEIGHBOUR = Pattern.compile("(\\S+) dev (\\S+) lladdr (\\S+) .*PERMANENT.*");

    static OverlayEntries wanted(VpcSpec vpc, VpcPeersSpec peers) {
        var entries = nothing();
        var subnets = vpc.allSubnets().stream().map(SubnetSpec::id).collect(Collectors.toSet());
        for (var member : peers.members()) {
            if (subnets.contains(member.subnet())) {
                entries.add(member);
            }
        }
        return entries;
    }

    private static OverlayEntries nothing() {
        return new OverlayEntries(new TreeMap<>(), new HashSet<>(), new TreeMap<>(), new TreeMap<>());
    }

    private void add(VpcPeersSpec.Member member) {
        var port = member.mac() + " dev " + LinkName.overlay(member.subnet());
        tunnels.put(port, member.host());
        ports.add(port);
        for (var address : member.addresses()) {
            neighbours.put(address + " dev " + LinkName.bridge(member.subnet()), member.mac());
            routed.put(address + " dev " + LinkName.gateway(member.subnet()), member.mac());
        }
    }

    /**
     * Those that are there.
     *
     * @param subnets the VPC's
     * @param fdb as {@code bridge fdb show} lists it
     * @param host as {@code ip -4 neighbour show} does, in the host
     * @param router the same in the router
     */
    static OverlayEntries there(Set<SubnetId> subnets, List<String> fdb, List<String> host, List<String> router) {
        var entries = nothing();
        var overlays = subnets.stream().map(LinkName::overlay).collect(Collectors.toSet());
        for (var line : fdb) {
            var tunnel = TUNNEL.matcher(line);
            var port = PORT.matcher(line);
            if (tunnel.matches() && overlays.contains(tunnel.group(2))) {
                entries.tunnels.put(tunnel.group(1) + " dev " + tunnel.group(2), tunnel.group(3));
            } else if (port.matches() && overlays.contains(port.group(2))) {
                entries.ports.add(port.group(1) + " dev " + port.group(2));
            }
        }
        neighbours(host, subnets.stream().map(LinkName::bridge).collect(Collectors.toSet()), entries.neighbours);
        neighbours(router, subnets.stream().map(LinkName::gateway).collect(Collectors.toSet()), entries.routed);
        return entries;
    }

    private static void neighbours(List<String> lines, Set<String> links, Map<String, String> found) {
        for (var line : lines) {
            var neighbour = NEIGHBOUR.matcher(line);
            if (neighbour.matches() && links.contains(neighbour.group(2))) {
                found.put(neighbour.group(1) + " dev " + neighbour.group(2), neighbour.group(3));
            }
        }
    }

    /** The commands for {@code bridge} that lead from {@code there} to this. */
    List<String> bridging(OverlayEntries there) {
        var commands = new ArrayList<String>();
        for (var port : there.ports) {
            if (!ports.contains(port)) {
                commands.add("fdb delete " + port + " master static");
            }
        }
        for (var tunnel : there.tunnels.entrySet()) {
            if (!tunnels.containsKey(tunnel.getKey())) {
                commands.add("fdb delete " + tunnel.getKey() + " dst " + tunnel.getValue() + " self permanent");
            }
        }
        tunnels.forEach((port, host) -> {
            if (!host.equals(there.tunnels.get(port))) {
                commands.add("fdb replace " + port + " dst " + host + " self permanent");
            }
        });
        ports.stream()
                .filter(p -> !there.ports.contains(p))
                .sorted()
                .forEach(p -> commands.add("fdb replace " + p + " master static"));
        return commands;
    }

    /** The commands for {@code ip} in the host that lead from {@code there} to this. */
    List<String> answering(OverlayEntries there) {
        return neighbours(neighbours, there.neighbours);
    }

    /** The commands for {@code ip} in the router that lead from {@code there} to this. */
    List<String> routing(OverlayEntries there) {
        return neighbours(routed, there.routed);
    }

    private static List<String> neighbours(Map<String, String> wanted, Map<String, String> there) {
        var commands = new ArrayList<String>();
        there.keySet().stream().filter(n -> !wanted.containsKey(n)).forEach(n -> commands.add("neigh delete " + n));
        wanted.forEach((place, mac) -> {
            if (!mac.equals(there.get(place))) {
                commands.add("neigh replace " + place + " lladdr " + mac + " nud permanent");
            }
        });
        return commands;
    }
}
