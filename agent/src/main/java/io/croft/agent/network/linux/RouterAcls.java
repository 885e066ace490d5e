package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.protocol.NetworkAclSpec;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nftables text of a VPC's network ACLs, pure. A packet that leaves a subnet is judged by its ACL's egress chain, one that enters a subnet by the ingress chain of that one's, and one that does both by
 * both, whatever was judged before of the flow that it belongs to. Addresses are private ones: public ones are translated before on the way in and behind it on the way out. What is for the router itself, as
 * questions to its name server are, or from it, as what it says of packets that do not arrive, is not forwarded and passes; what stays inside a subnet does too.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html">Control subnet traffic with network access control lists</a>
 */
final class RouterAcls {
    private static final int ICMP = 1;
    private static final Map<Integer, String> WITH_PORTS = Map.of(6, "tcp", 17, "udp");
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private final Map<SubnetSpec, NetworkAclSpec> guards = new LinkedHashMap<>();

    RouterAcls(VpcSpec vpc) {
        vpc.allSubnets().forEach(s -> vpc.guard(s).ifPresent(acl -> guards.put(s, acl)));
    }

    /** The chains, which let a packet return that may pass. */
    String chains() {
        Set<NetworkAclSpec> acls = new LinkedHashSet<>(guards.values());
        return acls.stream()
                .flatMap(acl -> Stream.of(chain(acl, true), chain(acl, false)))
                .collect(Collectors.joining());
    }

    /** What sends forwarded packets there; before anything that lets some pass. */
    String rules() {
        if (guards.isEmpty()) {
            return "";
        }
        return "\t\tiifname . oifname { %s } accept\n\t\tiifname vmap { %s }\n\t\toifname vmap { %s }\n"
                .formatted(inside(), jumps(true), jumps(false));
    }

    private String inside() {
        return guards.keySet().stream().map(s -> link(s) + " . " + link(s)).collect(Collectors.joining(", "));
    }

    private String jumps(boolean egress) {
        return guards.entrySet().stream()
                .map(g -> link(g.getKey()) + " : jump " + name(g.getValue(), egress))
                .collect(Collectors.joining(", "));
    }

    private static String link(SubnetSpec subnet) {
        return '"' + LinkName.gateway(subnet.id()) + '"';
    }

    private static String name(NetworkAclSpec acl, boolean egress) {
        return acl.id() + (egress ? "-egress" : "-ingress");
    }

    private static String chain(NetworkAclSpec acl, boolean egress) {
        return "\tchain " + name(acl, egress) + " {\n"
                + acl.entries(egress).map(e -> "\t\t" + rule(e) + "\n").collect(Collectors.joining())
                + "\t\tdrop\n\t}\n";
    }

    private static String rule(Entry entry) {
        var words = new ArrayList<String>();
        if (!entry.cidr().equals(EVERYWHERE)) {
            words.add("ip " + (entry.egress() ? "daddr " : "saddr ") + entry.cidr());
        }
        words.addAll(protocol(entry));
        words.add(entry.allows() ? "return" : "drop");
        return String.join(" ", words);
    }

    private static List<String> protocol(Entry entry) {
        if (entry.protocol() == NetworkAclSpec.ALL) {
            return List.of();
        }
        var words = new ArrayList<>(List.of("ip protocol " + entry.protocol()));
        var ported = WITH_PORTS.get(entry.protocol());
        if (ported != null && !anyPort(entry)) {
            words.add(ported + " dport " + ports(entry));
        }
        if (entry.protocol() == ICMP && entry.fromPort() != NetworkAclSpec.ALL) {
            words.add("icmp type " + entry.fromPort());
        }
        if (entry.protocol() == ICMP && entry.toPort() != NetworkAclSpec.ALL) {
            words.add("icmp code " + entry.toPort());
        }
        return words;
    }

    private static String ports(Entry entry) {
        return entry.fromPort() == entry.toPort()
                ? String.valueOf(entry.fromPort())
                : entry.fromPort() + "-" + entry.toPort();
    }

    private static boolean anyPort(Entry entry) {
        return entry.fromPort() == NetworkAclSpec.ALL || (entry.fromPort() == 0 && entry.toPort() == 65535);
    }
}
