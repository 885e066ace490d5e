package io.croft.agent.network.linux;

import io.croft.protocol.VpcSpec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The nftables text of a VPC's router: public addresses one to one, the rest behind the one that they share. A public address is one only for what comes in by the way out: whoever is inside
 * reaches it only if its route table lets it leave, and then as its own public address. In by the way out comes nothing else but answers. What carries options of the Internet Protocol
 * is dropped, since they choose or record a way that is nobody's business, and so is a redirect; the link-local services are the VPC's alone.
 * What network ACLs do not let cross the border of a subnet is dropped before answers are let pass.
 */
final class RouterRules {
    /** Settings of the namespace, to be in force before it has its links: the kernel gives a new one what the host has. */
    static final List<String> SYSCTLS = List.of(
            "net.ipv4.ip_forward=1",
            "net.ipv4.conf.all.rp_filter=0",
            "net.ipv4.conf.default.rp_filter=0",
            "net.ipv4.conf.all.accept_source_route=0",
            "net.ipv4.conf.default.accept_source_route=0",
            "net.ipv4.conf.all.accept_redirects=0",
            "net.ipv4.conf.default.accept_redirects=0",
            "net.ipv4.conf.all.proxy_arp=0",
            "net.ipv4.conf.default.proxy_arp=0",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net.ipv6.conf.all.disable_ipv6=1",
            "net.ipv6.conf.default.disable_ipv6=1");

    /** DHCP clients read raw packets, and the older ones refuse those whose checksum was left to a card that is none. */
    static final String CHECKSUMS = """
            *mangle
            -A POSTROUTING -p udp -m udp --sport 67 -j CHECKSUM --checksum-fill
            COMMIT
            """;

    private RouterRules() {}

    /** The whole table in place of the one that is there, in one transaction. */
    static String table(WayOut wayOut, VpcSpec vpc, List<PortRecord> ports) {
        var acls = new RouterAcls(vpc);
        return """
                table ip croft
                delete table ip croft
                table ip croft {
                \tmap inward { type ipv4_addr : ipv4_addr; }
                \tmap outward { type ipv4_addr : ipv4_addr; }
                \tchain options {
                \t\ttype filter hook prerouting priority raw; policy accept;
                \t\tip hdrlength != 5 drop
                \t\ticmp type redirect drop
                \t}
                \tchain input {
                \t\ttype filter hook input priority filter; policy accept;
                \t\tiifname "%1$s" ip daddr 169.254.0.0/16 drop
                \t}
                %4$s\tchain forward {
                \t\ttype filter hook forward priority filter; policy accept;
                %5$s%3$s\t\tiifname "%1$s" ct state established,related accept
                \t\tiifname "%1$s" ct status dnat accept
                \t\tiifname "%1$s" drop
                \t}
                \tchain prerouting {
                \t\ttype nat hook prerouting priority dstnat; policy accept;
                \t\tiifname "%1$s" dnat to ip daddr map @inward
                \t}
                \tchain postrouting {
                \t\ttype nat hook postrouting priority srcnat; policy accept;
                \t\toifname "%1$s" snat to ip saddr map @outward
                \t\toifname "%1$s" snat to %2$s
                \t}
                }
                """.formatted(
                        wayOut.routerLink(), wayOut.sharedAddress(), inside(wayOut, vpc), acls.chains(), acls.rules())
                + publicAddresses(ports);
    }

    /** Subnets that nothing leaves are reached from nowhere: not even by a flow that was up before, whoever was to end it. */
    private static String inside(WayOut wayOut, VpcSpec vpc) {
        var shut = vpc.allSubnets().stream()
                .filter(s -> !vpc.ways(s).containsValue(true))
                .map(s -> s.cidr().value())
                .collect(Collectors.joining(", "));
        return shut.isEmpty() ? "" : "\t\tiifname \"%s\" ip daddr { %s } drop\n".formatted(wayOut.routerLink(), shut);
    }

    /** Only the public addresses, in place of those that are there. */
    static String publicAddresses(List<PortRecord> ports) {
        return "flush map ip croft inward\nflush map ip croft outward\n" + elements(ports);
    }

    /** One more public address; refused by the kernel when it, or the private one, has another partner. */
    static String publicAddress(PortRecord port) {
        return elements(List.of(port));
    }

    private static String elements(List<PortRecord> ports) {
        return elements("inward", ports, p -> p.openAddress() + " : " + p.address())
                + elements("outward", ports, p -> p.address() + " : " + p.openAddress());
    }

    private static String elements(String map, List<PortRecord> ports, Function<PortRecord, String> pair) {
        var pairs =
                ports.stream().filter(p -> p.openAddress() != null).map(pair).collect(Collectors.joining(", "));
        return pairs.isEmpty() ? "" : "add element ip croft " + map + " { " + pairs + " }\n";
    }
}
