package io.croft.agent.firewall;

import io.croft.agent.network.LinkName;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The chains of one port. RETURN lets a packet on to the other port's chain, if it has one; what reaches the end is dropped. */
final class PortChains {
    private static final String TABLE = "filter";

    private final FirewallPort port;
    private final InterfaceSpec spec;
    private final Peers peers;

    PortChains(FirewallPort port, Peers peers) {
        this.port = port;
        this.spec = port.spec();
        this.peers = peers;
    }

    void render(Ruleset.Draft draft) {
        draft.chain(TABLE, ChainName.out(spec.id()), out());
        draft.chain(TABLE, ChainName.in(spec.id()), in());
        if (spec.sourceDestCheck() && spec.addresses().size() > 1) {
            draft.chain(TABLE, ChainName.sources(spec.id()), addresses("-s "));
            draft.chain(TABLE, ChainName.targets(spec.id()), addresses("-d "));
        }
    }

    private List<String> out() {
        var rules = new ArrayList<String>();
        rules.add("-m mac ! --mac-source " + spec.mac() + " " + generation() + "-j DROP");
        rules.add("-s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -j RETURN");
        rules.addAll(ownAddress("! -s ", ChainName.sources(spec.id())));
        rules.add("-p udp -m udp --sport 67 --dport 68 -j DROP");
        rules.addAll(state());
        if (peers.rules(spec, Direction.EGRESS).stream().noneMatch(GroupRule::everything)) {
            VpcServices.of(port.vpc()).forEach(service -> rules.add(service.matches() + "-j RETURN"));
        }
        rules.addAll(allowed(Direction.EGRESS));
        rules.add("-j DROP");
        return rules;
    }

    private List<String> in() {
        var rules = new ArrayList<String>();
        rules.add("-p udp -m physdev --physdev-in " + LinkName.routerPort(spec.subnet())
                + " -m udp --sport 67 --dport 68 " + generation() + "-j RETURN");
        rules.addAll(ownAddress("! -d ", ChainName.targets(spec.id())));
        rules.addAll(state());
        rules.addAll(allowed(Direction.INGRESS));
        rules.add("-j DROP");
        return rules;
    }

    private List<String> ownAddress(String unless, String chain) {
        if (!spec.sourceDestCheck()) {
            return List.of();
        }
        return List.of(
                spec.addresses().size() == 1 ? unless + spec.addresses().getFirst() + "/32 -j DROP" : "-j " + chain);
    }

    private List<String> addresses(String match) {
        return Stream.concat(spec.addresses().stream().map(a -> match + a + "/32 -j RETURN"), Stream.of("-j DROP"))
                .toList();
    }

    /** A flow must begin with a SYN, or an answer that is under way when a rule is revoked would begin it anew from the other side. */
    private static List<String> state() {
        return List.of(
                "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN",
                "-m conntrack --ctstate INVALID -j DROP",
                "-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP");
    }

    private List<String> allowed(Direction direction) {
        return peers.rules(spec, direction).stream()
                .flatMap((SecurityGroupRuleSpec rule) -> GroupRule.matches(rule).stream())
                .distinct()
                .sorted()
                .map(matches -> matches + "-j RETURN")
                .toList();
    }

    private String generation() {
        return "-m comment --comment " + spec.id() + "-g" + spec.generation() + " ";
    }
}
