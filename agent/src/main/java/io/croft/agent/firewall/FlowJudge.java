package io.croft.agent.firewall;

import io.croft.agent.firewall.VpcServices.Service;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.VpcId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says whether a set allows a flow, by the same rules as the rendered chains. */
public final class FlowJudge {
    private static final int ICMP = 1;

    private final Peers peers;
    private final Map<VpcId, Map<String, FirewallPort>> ports = new HashMap<>();

    public FlowJudge(FirewallSpec wanted) {
        peers = new Peers(wanted);
        for (var port : wanted.ports()) {
            var addresses = ports.computeIfAbsent(port.spec().vpc(), _ -> new HashMap<>());
            port.spec().addresses().forEach(address -> addresses.put(address, port));
        }
    }

    /** Whether the flow may go on in the VPC; a flow of nobody here may not. */
    public boolean allows(VpcId vpc, Flow flow) {
        var source = port(vpc, flow.source());
        var target = port(vpc, flow.target());
        return (source.isPresent() || target.isPresent())
                && source.filter(p -> !sends(p, flow)).isEmpty()
                && target.filter(p -> !allowed(p, flow, Direction.INGRESS, flow.source()))
                        .isEmpty();
    }

    private Optional<FirewallPort> port(VpcId vpc, String address) {
        return Optional.ofNullable(ports.getOrDefault(vpc, Map.of()).get(address));
    }

    private boolean sends(FirewallPort port, Flow flow) {
        var service = new Service(flow.target(), flow.protocol(), flow.toPort());
        return VpcServices.of(port.vpc()).contains(service) || allowed(port, flow, Direction.EGRESS, flow.target());
    }

    private boolean allowed(FirewallPort port, Flow flow, Direction direction, String peer) {
        return peers.rules(port.spec(), direction).stream()
                .anyMatch(rule -> concerns(rule, flow) && reaches(rule, peer));
    }

    private boolean reaches(SecurityGroupRuleSpec rule, String peer) {
        var cidr = rule.cidr();
        var group = rule.group();
        return (cidr != null && cidr.containsAddress(peer))
                || (group != null && peers.members(group).contains(peer));
    }

    private static boolean concerns(SecurityGroupRuleSpec rule, Flow flow) {
        if (rule.protocol() == SecurityGroupRuleSpec.ALL) {
            return true;
        }
        return switch (flow.protocol()) {
            case VpcServices.TCP, VpcServices.UDP ->
                rule.protocol() == flow.protocol() && holdsPort(rule, flow.toPort());
            case ICMP ->
                rule.protocol() == ICMP && any(rule.fromPort(), flow.toPort()) && any(rule.toPort(), flow.code());
            default -> rule.protocol() == flow.protocol();
        };
    }

    private static boolean holdsPort(SecurityGroupRuleSpec rule, int port) {
        return rule.fromPort() == SecurityGroupRuleSpec.ALL || (rule.fromPort() <= port && port <= rule.toPort());
    }

    private static boolean any(int wanted, int actual) {
        return wanted == SecurityGroupRuleSpec.ALL || wanted == actual;
    }
}
