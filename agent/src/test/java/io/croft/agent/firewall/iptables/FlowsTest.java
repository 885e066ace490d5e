package io.croft.agent.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.firewall.Flow;
import org.junit.jupiter.api.Test;

class FlowsTest {
    @Test
    void readsTheOriginalDirection() {
        assertThat(
                        Flows.parse(
                                "tcp      6 431999 ESTABLISHED src=10.0.0.5 dst=10.0.0.6 sport=40000 dport=22 src=10.0.0.6 dst=10.0.0.5 sport=22 dport=40000 [ASSURED] mark=0 zone=5 use=1"))
                .contains(new Flow(6, "10.0.0.5", "10.0.0.6", 40_000, 22, 0));
        assertThat(
                        Flows.parse(
                                "icmp     1 29 src=10.0.0.5 dst=10.0.0.6 type=8 code=0 id=77 src=10.0.0.6 dst=10.0.0.5 type=0 code=0 id=77 mark=0 use=1"))
                .contains(new Flow(1, "10.0.0.5", "10.0.0.6", 77, 8, 0));
        assertThat(Flows.parse("unknown  47 29 src=10.0.0.5 dst=10.0.0.6 src=10.0.0.6 dst=10.0.0.5 mark=0 use=1"))
                .contains(new Flow(47, "10.0.0.5", "10.0.0.6", 0, 0, 0));
        assertThat(Flows.parse("conntrack v1.4.7 (conntrack-tools): 3 flow entries have been shown."))
                .isEmpty();
    }

    @Test
    void namesOneFlowToDelete() {
        assertThat(Flows.deletion(new Flow(6, "10.0.0.5", "10.0.0.6", 40_000, 22, 0), 5))
                .isEqualTo("-D -f ipv4 -w 5 -p 6 --orig-src 10.0.0.5 --orig-dst 10.0.0.6 --sport 40000 --dport 22");
    }
}
