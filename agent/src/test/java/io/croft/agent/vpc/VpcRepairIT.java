package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.exec.Exec;
import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds while agents come and go and others tamper. */
@Tag("real")
class VpcRepairIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 1);

    private final VpcHost host = new VpcHost();
    private String before = "";

    @BeforeEach
    void open() {
        before = traces();
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 22, "0.0.0.0/0")));
    }

    @AfterEach
    void leavesNothing() {
        host.close();
        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void staysShutWhenSomebodyFlushesIptables() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        b.echo(22);
        assertThat(a.reaches(b.address(), 22)).isTrue();
        Guest.host("iptables", "-F");
        assertThat(a.reaches(b.address(), 22)).isFalse();
        assertThat(a.pings(b.address())).isFalse();
        host.restartAgent();
        assertThat(host.firewall.apply(host.wanted())).isTrue();
        assertThat(a.reaches(b.address(), 22)).isTrue();
    }

    @Test
    void aTapWithoutChainsIsShut() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var stray = Specs.nic(VPC, 0, 6, null, Groups.id(1));
        try (var b = new Guest(stray, host.network.plug(VPC, stray).tap())) {
            b.configure("10.1.0.6", "10.1.0.1");
            b.echo(22);
            assertThat(a.reaches("10.1.0.6", 22)).isFalse();
            assertThat(b.pings("10.1.0.1")).isFalse();
        }
    }

    @Test
    void theNextAgentFindsAllInPlace() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        b.echo(22);
        try (var flow = a.connect(b.address(), 22)) {
            host.restartAgent();
            assertThat(host.firewall.apply(host.wanted())).isFalse();
            host.network.ensureVpc(VPC);
            host.network.plug(VPC, a.nic());
            assertThat(host.network.ports())
                    .containsExactlyInAnyOrder(a.nic().id(), b.nic().id());
            assertThat(Guest.echoes(flow)).isTrue();
        }
        assertThat(a.reaches(b.address(), 22)).isTrue();
    }

    /** What of ours would show on the host, in words that do not count or name what comes and goes. */
    private static String traces() {
        return Stream.of(
                        "ip -o link",
                        "ip netns",
                        "ip -4 route show table all",
                        "ip neigh show proxy",
                        "ls /run/croft /run/croft-test-state",
                        "pgrep -f dnsmasq.conf",
                        "iptables-save",
                        "ip6tables-save",
                        "ipset save",
                        "nft list tables bridge",
                        "conntrack -L -w 20001",
                        "sysctl net.ipv4.ip_forward net.bridge")
                .map(command -> Exec.run(List.of(command.split(" ", -1)), Duration.ofSeconds(5))
                        .stdout())
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#") && !line.startsWith("*") && !line.equals("COMMIT"))
                .filter(line -> !line.matches(":[A-Z]+ ACCEPT .*"))
                .collect(Collectors.joining("\n"));
    }
}
