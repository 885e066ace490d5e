package io.croft.agent.firewall;

import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static io.croft.agent.vpc.Groups.ingressFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.Port;
import io.croft.agent.network.Specs;
import io.croft.agent.vpc.Groups;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Firewall} does, packets aside. */
public abstract class FirewallContractIT {
    protected static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final FirewallSpec NOTHING = new FirewallSpec(List.of(), List.of());

    /** The firewall of a host that filters nothing yet. */
    protected abstract Firewall firewall();

    /** The firewall as the next agent on the host sees it. */
    protected abstract Firewall afterRestart();

    protected static FirewallPort port(InterfaceSpec nic) {
        return new FirewallPort(nic, new Port(LinkName.tap(nic.id()), LinkName.bridge(nic.subnet()), 1450), VPC);
    }

    /** A set with every kind of rule, and ports of one and of several addresses. */
    protected static FirewallSpec full() {
        SecurityGroupSpec web = Groups.of(
                VPC,
                1,
                EGRESS_ALL,
                ingress(TCP, 22, 22, "0.0.0.0/0"),
                ingress(TCP, 8000, 9000, "10.1.0.0/24"),
                ingress(Groups.UDP, 53, 53, "192.0.2.7/32"),
                ingress(1, 8, -1, "0.0.0.0/0"),
                ingress(1, 3, 4, "0.0.0.0/0"),
                ingress(1, -1, -1, "10.1.0.0/16"),
                ingress(47, -1, -1, "10.1.0.0/16"),
                ingress(50, -1, -1, "0.0.0.0/0"),
                ingress(-1, -1, -1, "::/0"),
                ingressFrom(TCP, 5432, 5432, 2));
        SecurityGroupSpec strict = Groups.of(VPC, 2, Groups.egress(TCP, 443, 443, "0.0.0.0/0"));
        var several = Specs.withAddresses(Specs.nic(VPC, 1, 7, null, Groups.id(1)), "10.1.1.7", "10.1.1.8");
        return new FirewallSpec(
                List.of(web, strict),
                List.of(
                        port(Specs.nic(VPC, 0, 5, null, Groups.id(1))),
                        port(Specs.nic(VPC, 0, 6, null, Groups.id(2), Groups.id(1))),
                        port(several)));
    }

    @Test
    void theSecondTimeChangesNothing() {
        assertThat(firewall().apply(full())).isTrue();
        assertThat(firewall().apply(full())).isFalse();
        assertThat(afterRestart().apply(full())).isFalse();
    }

    @Test
    void knowsThePortsThatAreInForce() {
        assertThat(firewall().ports()).isEmpty();
        firewall().apply(full());
        var taps = full().ports().stream().map(p -> p.port().tap()).toList();
        assertThat(firewall().ports()).containsExactlyInAnyOrderElementsOf(taps);
        assertThat(afterRestart().ports()).containsExactlyInAnyOrderElementsOf(taps);
        firewall().apply(new FirewallSpec(full().groups(), full().ports().subList(0, 1)));
        assertThat(firewall().ports()).containsExactly(taps.getFirst());
        assertThat(firewall().apply(NOTHING)).isTrue();
        assertThat(firewall().ports()).isEmpty();
    }

    @Test
    void hasNoProblemsHere() {
        assertThat(firewall().problems()).isEmpty();
        firewall().apply(full());
        assertThat(firewall().problems()).isEmpty();
    }
}
