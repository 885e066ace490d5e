package io.croft.agent.firewall;

import io.croft.protocol.SecurityGroupRuleSpec;
import java.util.Optional;

/** A security group's rule as the matches of an IPv4 rule. */
final class GroupRule {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int LAST_PORT = 65535;

    private GroupRule() {}

    /** The matches, each followed by a space; empty when no IPv4 packet matches. */
    static Optional<String> matches(SecurityGroupRuleSpec rule) {
        if (!concernsIpv4(rule)) {
            return Optional.empty();
        }
        return Optional.of(block(rule) + protocol(rule) + group(rule));
    }

    /** Whether the rule allows everything in IPv4. */
    static boolean everything(SecurityGroupRuleSpec rule) {
        return matches(rule).filter(String::isEmpty).isPresent();
    }

    /** Protocol 0 and ICMPv6 are IPv6's; an inverted range of ports holds none. */
    private static boolean concernsIpv4(SecurityGroupRuleSpec rule) {
        var cidr = rule.cidr();
        return (cidr == null || cidr.ipv4())
                && rule.protocol() != 0
                && rule.protocol() != ICMPV6
                && (!ported(rule) || everyPort(rule) || rule.fromPort() <= rule.toPort());
    }

    private static String block(SecurityGroupRuleSpec rule) {
        var cidr = rule.cidr();
        return cidr == null || cidr.prefixLength() == 0 ? "" : (ingress(rule) ? "-s " : "-d ") + cidr + " ";
    }

    private static String group(SecurityGroupRuleSpec rule) {
        var group = rule.group();
        return group == null ? "" : "-m set --match-set " + ChainName.set(group) + (ingress(rule) ? " src " : " dst ");
    }

    private static String protocol(SecurityGroupRuleSpec rule) {
        return switch (rule.protocol()) {
            case SecurityGroupRuleSpec.ALL -> "";
            case TCP -> "-p tcp " + ports("tcp", rule);
            case UDP -> "-p udp " + ports("udp", rule);
            case ICMP -> "-p icmp " + type(rule);
            default -> "-p " + rule.protocol() + " ";
        };
    }

    private static String ports(String match, SecurityGroupRuleSpec rule) {
        if (everyPort(rule)) {
            return "";
        }
        var range = rule.fromPort() == rule.toPort() ? "" + rule.fromPort() : rule.fromPort() + ":" + rule.toPort();
        return "-m " + match + " --dport " + range + " ";
    }

    private static String type(SecurityGroupRuleSpec rule) {
        if (rule.fromPort() == SecurityGroupRuleSpec.ALL) {
            return "";
        }
        var code = rule.toPort() == SecurityGroupRuleSpec.ALL ? "" : "/" + rule.toPort();
        return "-m icmp --icmp-type " + rule.fromPort() + code + " ";
    }

    private static boolean ported(SecurityGroupRuleSpec rule) {
        return rule.protocol() == TCP || rule.protocol() == UDP;
    }

    private static boolean everyPort(SecurityGroupRuleSpec rule) {
        return rule.fromPort() == SecurityGroupRuleSpec.ALL || (rule.fromPort() == 0 && rule.toPort() == LAST_PORT);
    }

    private static boolean ingress(SecurityGroupRuleSpec rule) {
        return rule.direction() == SecurityGroupRuleSpec.Direction.INGRESS;
    }
}
