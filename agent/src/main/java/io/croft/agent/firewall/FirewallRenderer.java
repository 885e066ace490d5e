package io.croft.agent.firewall;

import io.croft.agent.firewall.Ruleset.Draft;
import io.croft.agent.firewall.Ruleset.Hook;
import io.croft.agent.network.LinkName;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From the wanted set to the rules of the host, text for text as {@code iptables-save} writes them. Ports are found in two steps, by the first digit of their tap's hash and then by
 * the whole name, since a list of a thousand would cost most of the throughput; what finds no port is dropped.
 */
public final class FirewallRenderer {
    /** The mark of a bridged packet that passed our chains; the gate in the bridge's own table looks for it. */
    static final String MARK = "0x20000000";

    private static final String TAPS = LinkName.TAP_PREFIX + "+";
    private static final String BRIDGES = LinkName.PREFIX + "b+";
    private static final String WAYS_OUT = LinkName.PREFIX + "o+";
    private static final String VXLAN = "-p udp -m udp --dport 4789 ";
    private static final String OURS = LinkName.PREFIX + "+";

    private final HostPolicy policy;

    public FirewallRenderer(HostPolicy policy) {
        this.policy = policy;
    }

    /** The IPv4 tables; {@code zones} has a connection tracking zone for the VPC of each port. */
    public Ruleset ipv4(FirewallSpec wanted, Map<VpcId, Integer> zones) {
        var draft = new Draft();
        var peers = new Peers(wanted);
        draft.chain(
                "raw",
                ChainName.ZONES,
                Stream.concat(zones(wanted, zones), tunnels(wanted)).toList());
        nat(draft);
        host(draft);
        wanted.ports().forEach(port -> new PortChains(port, peers).render(draft));
        tree(
                draft,
                wanted,
                ChainName.OUT,
                "--physdev-in ",
                p -> ChainName.out(p.spec().id()));
        tree(
                draft,
                wanted,
                ChainName.IN,
                "--physdev-out ",
                p -> ChainName.in(p.spec().id()));
        var hooks = new ArrayList<>(List.of(
                new Hook("raw", "PREROUTING", ChainName.ZONES, true),
                new Hook("nat", "PREROUTING", ChainName.PREROUTING, true),
                new Hook("nat", "POSTROUTING", ChainName.POSTROUTING, true),
                new Hook("filter", "INPUT", ChainName.INPUT, true),
                new Hook("filter", "FORWARD", ChainName.FORWARD, true)));
        if (policy.closedRouter()) {
            hooks.add(new Hook("filter", "FORWARD", ChainName.GUARD, false));
        }
        return draft.with(hooks.toArray(Hook[]::new));
    }

    /** The IPv6 tables: nothing from or to our links. */
    public Ruleset ipv6() {
        return new Draft()
                .chain("filter", ChainName.INPUT, List.of("-i " + OURS + " -j DROP"))
                .chain("filter", ChainName.FORWARD, List.of("-i " + OURS + " -j DROP", "-o " + OURS + " -j DROP"))
                .with(
                        new Hook("filter", "INPUT", ChainName.INPUT, true),
                        new Hook("filter", "FORWARD", ChainName.FORWARD, true));
    }

    /** The sets that the IPv4 rules name, with their addresses. */
    public Map<String, SortedSet<String>> sets(FirewallSpec wanted) {
        var sets = new TreeMap<>(new Peers(wanted).sets(wanted.ports()));
        if (policy.underlay() != null) {
            sets.put(
                    ChainName.HOSTS,
                    wanted.peers().stream()
                            .flatMap(VpcPeersSpec::hosts)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return sets;
    }

    private static Stream<String> zones(FirewallSpec wanted, Map<VpcId, Integer> zones) {
        return wanted.ports().stream()
                .map(FirewallPort::vpc)
                .collect(Collectors.toMap(VpcSpec::id, v -> v, (a, _) -> a))
                .values()
                .stream()
                .flatMap(vpc -> vpc.allSubnets().stream()
                        .map(s -> "-i " + LinkName.bridge(s.id()) + " -m comment --comment " + vpc.id()
                                + " -j CT --zone " + zones.get(vpc.id())))
                .sorted();
    }

    /** The kernel takes VXLAN from everybody and on each card, so what is none of the hosts' ends before. What guests send each other is theirs. */
    private Stream<String> tunnels(FirewallSpec wanted) {
        if (policy.underlay() == null && wanted.peers().isEmpty()) {
            return Stream.of();
        }
        var hosts = Stream.ofNullable(policy.underlay())
                .map(card -> "-i " + card + " " + VXLAN + "-m set --match-set " + ChainName.HOSTS + " src -j RETURN");
        return Stream.of(
                        Stream.of("-i " + BRIDGES + " -j RETURN"),
                        hosts,
                        Stream.of(VXLAN + "-m addrtype --dst-type LOCAL -j DROP"))
                .flatMap(rules -> rules);
    }

    /** Bridged packets are nobody's to translate; what leaves the host from a router takes the host's address, unless the LAN knows the pool. */
    private void nat(Draft draft) {
        draft.chain("nat", ChainName.PREROUTING, List.of("-i " + BRIDGES + " -j ACCEPT"));
        draft.chain(
                "nat",
                ChainName.POSTROUTING,
                List.of(
                        "-o " + BRIDGES + " -j ACCEPT",
                        "-s " + policy.waysOut() + " ! -o " + WAYS_OUT + " -j MASQUERADE",
                        "-s " + policy.publicPool() + " ! -o " + WAYS_OUT
                                + (policy.uplink() == null ? " -j MASQUERADE" : " -j ACCEPT")));
    }

    private void host(Draft draft) {
        draft.chain("filter", ChainName.INPUT, input());
        draft.chain("filter", ChainName.FORWARD, forward());
        draft.chain("filter", ChainName.WAY_OUT, wayOut());
        draft.chain("filter", ChainName.WAY_IN, wayIn());
        if (policy.closedRouter()) {
            draft.chain("filter", ChainName.GUARD, List.of("-m physdev --physdev-is-bridged -j RETURN", "-j DROP"));
        }
    }

    /** The host needs nothing from the instances, and from the routers only answers and what they ask its resolver. */
    private List<String> input() {
        var rules = new ArrayList<>(List.of(
                "-i " + BRIDGES + " -j DROP",
                "-i " + WAYS_OUT + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"));
        queries(r -> "-d " + r + "/32 -i " + WAYS_OUT + " ").forEach(rules::add);
        rules.add("-i " + WAYS_OUT + " -j DROP");
        return rules;
    }

    private List<String> forward() {
        var rules = new ArrayList<>(List.of(
                "-m physdev --physdev-in " + TAPS + " --physdev-is-bridged -j " + ChainName.OUT,
                "-m physdev --physdev-out " + TAPS + " --physdev-is-bridged -j " + ChainName.IN,
                "-m physdev --physdev-in " + OURS + " --physdev-is-bridged -j MARK --set-xmark " + MARK + "/" + MARK,
                "-m physdev --physdev-in " + OURS + " --physdev-is-bridged -j ACCEPT",
                "-i " + BRIDGES + " -j DROP",
                "-o " + BRIDGES + " -j DROP",
                "-i " + WAYS_OUT + " -j " + ChainName.WAY_OUT,
                "-o " + WAYS_OUT + " -j " + ChainName.WAY_IN));
        if (policy.unfilteredBridges()) {
            rules.add("-m physdev --physdev-is-bridged -j ACCEPT");
        }
        return rules;
    }

    /** No guest reaches the hosts of the underlay, nor sends them what would pass for a host's; of a host that is a resolver the routers may ask names. */
    private List<String> wayOut() {
        var rules = new ArrayList<String>();
        if (policy.underlay() != null) {
            queries(r -> "-s " + policy.waysOut() + " -d " + r + "/32 ").forEach(rules::add);
            rules.add(VXLAN + "-j DROP");
            rules.add("-m set --match-set " + ChainName.HOSTS + " dst -j DROP");
        }
        rules.add("-s " + policy.waysOut() + " -j ACCEPT");
        rules.add("-s " + policy.publicPool() + " -j ACCEPT");
        rules.add("-j DROP");
        return rules;
    }

    /** What the resolvers are asked, each from and by what {@code way} says. */
    private Stream<String> queries(UnaryOperator<String> way) {
        return policy.resolvers().stream()
                .flatMap(r -> Stream.of("tcp", "udp")
                        .map(p -> way.apply(r) + "-p " + p + " -m " + p + " --dport 53 -j ACCEPT"))
                .sorted();
    }

    private List<String> wayIn() {
        var rules = new ArrayList<>(List.of("-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"));
        if (policy.uplink() != null) {
            rules.add("-d " + policy.publicPool() + " -i " + policy.uplink() + " -j ACCEPT");
        }
        rules.add("-j DROP");
        return rules;
    }

    /** {@code -g}: what a port's chain returns goes on behind the jump to the tree, not in it. */
    private static void tree(
            Draft draft, FirewallSpec wanted, String root, String match, Function<FirewallPort, String> chain) {
        var branches = new TreeMap<String, List<String>>();
        for (var port : wanted.ports()) {
            var tap = port.port().tap();
            var digit = tap.substring(LinkName.TAP_PREFIX.length(), LinkName.TAP_PREFIX.length() + 1);
            branches.computeIfAbsent(digit, _ -> new ArrayList<>())
                    .add("-m physdev " + match + tap + " --physdev-is-bridged -g " + chain.apply(port));
        }
        UnaryOperator<String> branch = digit -> root + "-" + digit;
        draft.chain(
                "filter",
                root,
                closed(branches.keySet().stream()
                        .map(d -> "-m physdev " + match + LinkName.TAP_PREFIX + d + "+ --physdev-is-bridged -g "
                                + branch.apply(d))));
        branches.forEach((digit, rules) -> draft.chain("filter", branch.apply(digit), closed(rules.stream())));
    }

    private static List<String> closed(Stream<String> rules) {
        return Stream.concat(rules.sorted(), Stream.of("-j DROP")).toList();
    }
}
