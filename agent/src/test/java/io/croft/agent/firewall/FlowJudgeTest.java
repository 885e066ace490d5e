package io.croft.agent.firewall;

import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.UDP;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowJudgeTest {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 1);
    private static final VpcSpec TWIN = Specs.vpc(2, "10.1.0.0/16", 1);

    /** 10.1.0.5 is in the open group, 10.1.0.6 in the strict one. */
    private static final FlowJudge JUDGE = new FlowJudge(new FirewallSpec(
            List.of(
                    Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 30, "192.0.2.0/24"), ingress(1, 8, -1, "0.0.0.0/0")),
                    Groups.of(VPC, 2, egress(TCP, 443, 443, "0.0.0.0/0"), ingressFrom(UDP, 53, 53, 1))),
            List.of(port(Specs.nic(VPC, 0, 5, null, Groups.id(1))), port(Specs.nic(VPC, 0, 6, null, Groups.id(2))))));

    private static FirewallPort port(InterfaceSpec nic) {
        return new FirewallPort(nic, new Port(LinkName.tap(nic.id()), LinkName.bridge(nic.subnet()), 1450), VPC);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 192.0.2.7, 10.1.0.5, 22, true",
        "6, 192.0.2.7, 10.1.0.5, 30, true",
        "6, 192.0.2.7, 10.1.0.5, 31, false",
        "6, 203.0.113.1, 10.1.0.5, 22, false",
        "17, 192.0.2.7, 10.1.0.5, 22, false",
        "1, 203.0.113.1, 10.1.0.5, 8, true",
        "1, 203.0.113.1, 10.1.0.5, 13, false",
        "6, 10.1.0.5, 203.0.113.1, 80, true",
        "6, 10.1.0.6, 203.0.113.1, 80, false",
        "6, 10.1.0.6, 203.0.113.1, 443, true",
        "17, 10.1.0.5, 10.1.0.6, 53, true",
        "17, 10.1.0.6, 10.1.0.2, 53, true",
        "17, 10.1.0.6, 203.0.113.1, 53, false",
        "6, 10.1.0.6, 169.254.169.254, 80, true",
        "47, 10.1.0.5, 203.0.113.1, 0, true",
        "6, 10.1.0.9, 203.0.113.1, 80, false",
    })
    void judges(int protocol, String from, String to, int port, boolean allowed) {
        assertThat(JUDGE.allows(VPC.id(), new Flow(protocol, from, to, 1000, port, 0)))
                .isEqualTo(allowed);
    }

    /** Members on other hosts are members, as long as they are any. */
    @Test
    void judgesWhatComesFromMembersElsewhere() {
        var nic = Specs.nic(VPC, 0, 5, null, Groups.id(7));
        var port = new FirewallPort(nic, new Port(LinkName.tap(nic.id()), "cftb", 1450), VPC);
        var group = Groups.of(VPC, 7, ingressFrom(6, 22, 22, 8));
        var flow = new Flow(6, "10.1.0.9", "10.1.0.5", 1000, 22, 0);
        var there = Specs.peers(VPC, "192.0.2.7", Specs.nic(VPC, 0, 9, null, Groups.id(8)));
        assertThat(new FlowJudge(new FirewallSpec(List.of(group), List.of(port), List.of(there)))
                        .allows(VPC.id(), flow))
                .isTrue();
        assertThat(new FlowJudge(new FirewallSpec(List.of(group), List.of(port))).allows(VPC.id(), flow))
                .isFalse();
    }

    @Test
    void anotherVpcsFlowIsNobodys() {
        assertThat(JUDGE.allows(TWIN.id(), new Flow(6, "10.1.0.5", "203.0.113.1", 1000, 80, 0)))
                .isFalse();
    }
}
