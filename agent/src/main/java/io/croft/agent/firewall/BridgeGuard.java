package io.croft.agent.firewall;

import io.croft.agent.network.LinkName;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The bridges' own nftables table: what must hold below IPv4 (MAC, ARP, kinds of frames), and a gate that stays shut when somebody flushes iptables.
 *
 * <p>A guest may claim its own addresses in ARP and probe for them (RFC 5227), nothing else: an answer for nobody, or a probe for a neighbour's address, would mislead who
 * is about to take that. Options of the Internet Protocol, such as a source route, are nobody's. What a guest sends to everybody is for the subnet's services, not for other guests.
 *
 * @param macs each tap with its interface's MAC, as {@code "cftt0a1b2c3d" . 02:00:00:00:00:01}
 * @param senders each tap with the IPv4 addresses that its interface may claim in ARP
 */
public record BridgeGuard(SortedSet<String> macs, SortedSet<String> senders) {
    /** Its chains, as {@code nft list} writes them. */
    public static final String CHAINS = """
            	chain ingress {
            		type filter hook prerouting priority dstnat; policy accept;
            		iifname "TAPS" goto guest
            	}

            	chain guest {
            		iifname . ether saddr != @macs drop
            		ether type arp goto claim
            		ip hdrlength != 5 drop
            		ether type ip ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00 accept
            		ether type ip udp sport 68 udp dport 67 accept
            		drop
            	}

            	chain claim {
            		arp htype != 1 drop
            		arp ptype != ip drop
            		arp hlen != 6 drop
            		arp plen != 4 drop
            		iifname . arp saddr ether != @macs drop
            		arp operation request arp saddr ip 0.0.0.0 iifname . arp daddr ip @senders accept
            		arp operation { request, reply } iifname . arp saddr ip @senders accept
            		drop
            	}

            	chain host {
            		type filter hook input priority -300; policy accept;
            		iifname "TAPS" drop
            		iifname "ROUTERS" drop
            		iifname "OVERLAYS" drop
            	}

            	chain gate {
            		type filter hook forward priority 200; policy accept;
            		iifname "OVERLAYS" oifname "ROUTERS" drop
            		oifname "TAPS" ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00 oifname . ether daddr != @macs drop
            		ether type ip iifname "TAPS" oifname "TAPS" ether daddr & 01:00:00:00:00:00 != 00:00:00:00:00:00 drop
            		ether type ip iifname "TAPS" meta mark & MARK != MARK drop
            		ether type ip oifname "TAPS" meta mark & MARK != MARK drop
            	}
            """.replace("TAPS", LinkName.TAP_PREFIX + "*")
            .replace("OVERLAYS", LinkName.PREFIX + "x*")
            .replace("ROUTERS", LinkName.PREFIX + "v*")
            .replace("MARK", FirewallRenderer.MARK);

    /** The guard of all ports of a set. */
    public static BridgeGuard of(FirewallSpec wanted) {
        var macs = new TreeSet<String>();
        var senders = new TreeSet<String>();
        for (var port : wanted.ports()) {
            var tap = "\"" + port.port().tap() + "\" . ";
            macs.add(tap + port.spec().mac());
            port.spec().addresses().forEach(address -> senders.add(tap + address));
        }
        return new BridgeGuard(macs, senders);
    }

    /** The whole table in place of the one that is there, in one transaction. */
    public String table() {
        return "table bridge croft\ndelete table bridge croft\ntable bridge croft {\n"
                + "\tset macs {\n\t\ttype ifname . ether_addr\n\t}\n\n"
                + "\tset senders {\n\t\ttype ifname . ipv4_addr\n\t}\n\n" + CHAINS + "}\n"
                + change("add", "macs", macs) + change("add", "senders", senders);
    }

    /** What leads from {@code before}, whose chains stand, to this. */
    public String since(BridgeGuard before) {
        return change("delete", "macs", without(before.macs, macs))
                + change("delete", "senders", without(before.senders, senders))
                + change("add", "macs", without(macs, before.macs))
                + change("add", "senders", without(senders, before.senders));
    }

    private static Set<String> without(SortedSet<String> from, SortedSet<String> these) {
        return from.stream().filter(e -> !these.contains(e)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String change(String verb, String set, Set<String> elements) {
        return elements.isEmpty()
                ? ""
                : verb + " element bridge croft " + set + " { " + String.join(", ", elements) + " }\n";
    }
}
