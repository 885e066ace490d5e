package io.croft.agent.firewall;

import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.egress;
import static io.croft.agent.vpc.Groups.ingress;
import static io.croft.agent.vpc.Groups.ingressFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.Port;
import io.croft.agent.network.Specs;
import io.croft.agent.vpc.Groups;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import io.croft.types.SecurityGroupId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirewallRendererTest {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final HostPolicy POLICY = new HostPolicy(
            new Cidr("198.18.0.0/24"), new Cidr("198.19.0.0/16"), null, List.of("192.0.2.53"), false, false, null);

    private static FirewallPort port(InterfaceSpec nic) {
        return new FirewallPort(nic, new Port(LinkName.tap(nic.id()), LinkName.bridge(nic.subnet()), 1450), VPC);
    }

    private static final InterfaceSpec NIC = Specs.nic(VPC, 0, 5, null, Groups.id(1));

    private static Ruleset render(HostPolicy policy, FirewallSpec wanted) {
        return new FirewallRenderer(policy).ipv4(wanted, Map.of(VPC.id(), 20_001));
    }

    @Test
    void aPortThatMaySendEverything() {
        var rules = render(
                POLICY,
                new FirewallSpec(
                        List.of(Groups.of(
                                VPC,
                                1,
                                EGRESS_ALL,
                                ingress(TCP, 22, 22, "0.0.0.0/0"),
                                ingress(TCP, 22, 22, "0.0.0.0/0"),
                                ingress(TCP, 9000, 8000, "0.0.0.0/0"),
                                ingress(-1, -1, -1, "::/0"),
                                ingressFrom(TCP, 5432, 5433, 1))),
                        List.of(port(NIC))));
        assertThat(rules.chain("filter", "CFTo00000000000001005"))
                .containsExactly(
                        "-m mac ! --mac-source 02:ca:00:00:10:05 -m comment --comment eni-00000000000001005-g1 -j DROP",
                        "-s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -j RETURN",
                        "! -s 10.1.0.5/32 -j DROP",
                        "-p udp -m udp --sport 67 --dport 68 -j DROP",
                        "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN",
                        "-m conntrack --ctstate INVALID -j DROP",
                        "-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP",
                        "-j RETURN",
                        "-j DROP");
        assertThat(rules.chain("filter", "CFTi00000000000001005"))
                .containsExactly(
                        "-p udp -m physdev --physdev-in cftva624cb98 -m udp --sport 67 --dport 68"
                                + " -m comment --comment eni-00000000000001005-g1 -j RETURN",
                        "! -d 10.1.0.5/32 -j DROP",
                        "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN",
                        "-m conntrack --ctstate INVALID -j DROP",
                        "-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP",
                        "-p tcp -m tcp --dport 22 -j RETURN",
                        "-p tcp -m tcp --dport 5432:5433 -m set --match-set " + ChainName.set(Groups.id(1))
                                + " src -j RETURN",
                        "-j DROP");
    }

    @Test
    void theVpcsServicesAreOpenToThoseWhoMaySendLittle() {
        var strict = Groups.of(VPC, 1, egress(TCP, 443, 443, "192.0.2.0/24"));
        var rules = render(POLICY, new FirewallSpec(List.of(strict), List.of(port(NIC))));
        assertThat(rules.chain("filter", "CFTo00000000000001005"))
                .contains(
                        "-d 169.254.169.254/32 -p tcp -m tcp --dport 80 -j RETURN",
                        "-d 169.254.169.123/32 -p udp -m udp --dport 123 -j RETURN",
                        "-d 10.1.0.2/32 -p udp -m udp --dport 53 -j RETURN",
                        "-d 10.1.0.1/32 -p udp -m udp --dport 67 -j RETURN",
                        "-d 192.0.2.0/24 -p tcp -m tcp --dport 443 -j RETURN")
                .endsWith("-j DROP")
                .doesNotContain("-j RETURN");
    }

    @Test
    void everythingThatIsNotFoundIsDropped() {
        var rules = render(POLICY, new FirewallSpec(List.of(), List.of(port(NIC))));
        assertThat(rules.chain("filter", "CFT-OUT"))
                .containsExactly("-m physdev --physdev-in cftt7+ --physdev-is-bridged -g CFT-OUT-7", "-j DROP");
        assertThat(rules.chain("filter", "CFT-IN-7"))
                .containsExactly(
                        "-m physdev --physdev-out cftt7059dc63 --physdev-is-bridged -g CFTi00000000000001005",
                        "-j DROP");
        assertThat(rules.chain("filter", "CFTi00000000000001005"))
                .endsWith("-j DROP")
                .hasSize(6);
    }

    @Test
    void severalAddressesHaveChainsOfTheirOwn() {
        var nic = Specs.withAddresses(NIC, "10.1.0.5", "10.1.0.6");
        var rules = render(POLICY, new FirewallSpec(List.of(), List.of(port(nic))));
        assertThat(rules.chain("filter", "CFTs00000000000001005"))
                .containsExactly("-s 10.1.0.5/32 -j RETURN", "-s 10.1.0.6/32 -j RETURN", "-j DROP");
        assertThat(rules.chain("filter", "CFTo00000000000001005")).contains("-j CFTs00000000000001005");
        assertThat(rules.chain("filter", "CFTi00000000000001005")).contains("-j CFTd00000000000001005");
    }

    @Test
    void eachVpcHasItsZone() {
        var rules = render(POLICY, new FirewallSpec(List.of(), List.of(port(NIC))));
        assertThat(rules.chain("raw", "CFT-ZONES"))
                .hasSize(2)
                .contains("-i cftba624cb98 -m comment --comment vpc-00000000000000001 -j CT --zone 20001");
    }

    @Test
    void aHostThatForwardedNothingStillForwardsForNobodyElse() {
        var nothing = new FirewallSpec(List.of(), List.of());
        var closed = new HostPolicy(POLICY.publicPool(), POLICY.waysOut(), "eth0", List.of(), true, true, null);
        assertThat(render(POLICY, nothing).chain("filter", "CFT-GUARD")).isEmpty();
        var rules = render(closed, nothing);
        assertThat(rules.chain("filter", "CFT-GUARD")).endsWith("-j DROP");
        assertThat(rules.hooks()).contains(new Ruleset.Hook("filter", "FORWARD", "CFT-GUARD", false));
        assertThat(rules.chain("filter", "CFT-FORWARD")).endsWith("-m physdev --physdev-is-bridged -j ACCEPT");
        assertThat(rules.chain("filter", "CFT-WAYIN")).contains("-d 198.18.0.0/24 -i eth0 -j ACCEPT");
        assertThat(rules.chain("nat", "CFT-POSTROUTING")).endsWith("-s 198.18.0.0/24 ! -o cfto+ -j ACCEPT");
    }

    @Test
    void theGuardKnowsEachPort() {
        var guard = BridgeGuard.of(new FirewallSpec(List.of(), List.of(port(NIC))));
        assertThat(guard.macs()).containsExactly("\"cftt7059dc63\" . 02:ca:00:00:10:05");
        assertThat(guard.senders()).containsExactly("\"cftt7059dc63\" . 10.1.0.5");
        var empty = BridgeGuard.of(new FirewallSpec(List.of(), List.of()));
        assertThat(guard.since(empty)).isEqualTo("""
                add element bridge croft macs { "cftt7059dc63" . 02:ca:00:00:10:05 }
                add element bridge croft senders { "cftt7059dc63" . 10.1.0.5 }
                """);
        assertThat(guard.since(guard)).isEmpty();
        assertThat(empty.since(guard)).contains("delete element bridge croft macs");
    }

    /** VXLAN comes from the hosts' set on the underlay alone, and no guest sends it out or reaches a host; what guests send each other is theirs. */
    @Test
    void whatIsNoneOfTheHostsDoesNotComeIn() {
        var there = Specs.peers(VPC, "192.0.2.7", Specs.nic(VPC, 1, 9, null, Groups.id(1)));
        var wanted = new FirewallSpec(
                List.of(Groups.of(VPC, 1, EGRESS_ALL, ingressFrom(TCP, 22, 22, 1))),
                List.of(port(NIC)),
                List.of(there));
        var policy = new HostPolicy(
                POLICY.publicPool(), POLICY.waysOut(), null, List.of("192.0.2.53"), false, false, "eth1");
        assertThat(render(policy, wanted).chain("raw", "CFT-ZONES"))
                .endsWith(
                        "-i cftb+ -j RETURN",
                        "-i eth1 -p udp -m udp --dport 4789 -m set --match-set CFT-HOSTS src -j RETURN",
                        "-p udp -m udp --dport 4789 -m addrtype --dst-type LOCAL -j DROP");
        assertThat(render(policy, wanted).chain("filter", "CFT-WAYOUT"))
                .containsExactly(
                        "-s 198.19.0.0/16 -d 192.0.2.53/32 -p tcp -m tcp --dport 53 -j ACCEPT",
                        "-s 198.19.0.0/16 -d 192.0.2.53/32 -p udp -m udp --dport 53 -j ACCEPT",
                        "-p udp -m udp --dport 4789 -j DROP",
                        "-m set --match-set CFT-HOSTS dst -j DROP",
                        "-s 198.19.0.0/16 -j ACCEPT",
                        "-s 198.18.0.0/24 -j ACCEPT",
                        "-j DROP");
        var sets = new FirewallRenderer(policy).sets(wanted);
        assertThat(sets.get("CFT-HOSTS")).containsExactly("192.0.2.7");
        assertThat(sets.get(ChainName.set(Groups.id(1)))).containsExactly("10.1.0.5", "10.1.1.9");
        assertThat(render(POLICY, wanted).chain("raw", "CFT-ZONES"))
                .as("an underlay that is lost for a while opens nothing")
                .endsWith("-i cftb+ -j RETURN", "-p udp -m udp --dport 4789 -m addrtype --dst-type LOCAL -j DROP");
        assertThat(new FirewallRenderer(POLICY).sets(wanted)).doesNotContainKey("CFT-HOSTS");
    }

    /** A short hash of two ids may be the same, and then members of one group would be let in as those of the other. */
    @Test
    void noTwoGroupsHaveOneSet() {
        var known = new HashMap<String, SecurityGroupId>();
        var random = new Random(11);
        var one = SecurityGroupId.random(random);
        var other = known.put(LinkName.hash(one), one);
        while (other == null) {
            one = SecurityGroupId.random(random);
            other = known.put(LinkName.hash(one), one);
        }
        assertThat(one).isNotEqualTo(other);
        assertThat(ChainName.set(one)).isNotEqualTo(ChainName.set(other)).hasSizeLessThanOrEqualTo(31);
        assertThat(ChainName.out(NIC.id())).hasSizeLessThanOrEqualTo(28);
    }
}
