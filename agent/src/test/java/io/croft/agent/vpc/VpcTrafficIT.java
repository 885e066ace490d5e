package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static io.croft.agent.vpc.Groups.ingressFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.exec.Exec;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes between guests and what does not. */
@Tag("real")
class VpcTrafficIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final String CONNTRACK = "/usr/sbin/conntrack";
    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";

    private final VpcHost host = new VpcHost();

    @AfterEach
    void clear() {
        host.close();
    }

    @Test
    void nothingComesInUntilARuleLetsIt() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        b.echo(22);
        b.echo(80);
        assertThat(a.reaches(b.address(), 22)).isFalse();
        assertThat(a.pings(b.address())).isFalse();
        assertThat(host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 22, "10.1.0.0/24"))))
                .isTrue();
        assertThat(a.reaches(b.address(), 22)).isTrue();
        assertThat(a.reaches(b.address(), 80)).isFalse();
        assertThat(a.pings(b.address())).isFalse();
    }

    @Test
    void routesBetweenSubnets() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "10.1.0.0/24")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 1, 6, null, Groups.id(1)));
        b.echo(22);
        a.echo(22);
        assertThat(a.reaches(b.address(), 22)).isTrue();
        assertThat(a.pings(b.address())).isTrue();
        assertThat(b.reaches(a.address(), 22)).isFalse();
    }

    @Test
    void aRevokedRuleEndsTheFlowThatItAllowed() throws Exception {
        var ssh = ingress(TCP, 22, 22, "0.0.0.0/0");
        var http = ingress(TCP, 80, 80, "0.0.0.0/0");
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ssh, http));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        b.echo(22);
        b.echo(80);
        try (var revoked = a.connect(b.address(), 22);
                var kept = a.connect(b.address(), 80)) {
            assertThat(Guest.echoes(revoked)).isTrue();
            assertThat(Guest.echoes(kept)).isTrue();
            host.group(Groups.of(VPC, 1, EGRESS_ALL, http));
            assertThat(Guest.echoes(revoked)).isFalse();
            assertThat(Guest.echoes(kept)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRevokedRuleEndsItsFlowAlsoWhenThatFailedAtFirst(boolean agentDies) throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 22, "0.0.0.0/0")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        b.echo(22);
        try (var revoked = a.connect(b.address(), 22)) {
            Guest.host("mount", "--bind", "/bin/false", CONNTRACK);
            try {
                assertThatThrownBy(() -> host.group(Groups.of(VPC, 1, EGRESS_ALL)))
                        .isInstanceOf(FirewallException.class);
            } finally {
                Guest.host("umount", CONNTRACK);
            }
            assertThat(Guest.echoes(revoked)).isTrue();
            if (agentDies) {
                host.restartAgent();
            }
            assertThat(host.group(Groups.of(VPC, 1, EGRESS_ALL)))
                    .as("the rules were in force")
                    .isFalse();
            assertThat(Guest.echoes(revoked)).isFalse();
        }
    }

    /** A guest may make as many flows as the kernel lets it. */
    @Test
    void aRevokedRuleEndsItsFlowAmongMoreThanCanBeListed() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 22, "0.0.0.0/0")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        b.echo(22);
        try (var revoked = a.connect(b.address(), 22)) {
            assertThat(Guest.echoes(revoked)).isTrue();
            fillZone(a.address(), b.address());
            host.group(Groups.of(VPC, 1, EGRESS_ALL));
            assertThat(Guest.echoes(revoked)).isFalse();
        }
    }

    private static void fillZone(String from, String to) {
        var flows = IntStream.range(0, 150_000)
                .mapToObj(n -> "-I -w 20001 -p udp -t 600 -s %s -d %s --sport %d --dport %d\n"
                        .formatted(from, to, 1 + n % 60_000, 1 + n / 60_000))
                .collect(Collectors.joining());
        Exec.run(List.of("conntrack", "--load-file", "-"), flows, Duration.ofMinutes(1))
                .orThrow();
    }

    @Test
    void aGroupLetsItsMembersIn() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL));
        host.group(Groups.of(VPC, 2, EGRESS_ALL, ingressFrom(TCP, 22, 22, 1)));
        var member = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var stranger = host.boot(VPC, Specs.nic(VPC, 0, 7, null, Groups.id(2)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(2)));
        b.echo(22);
        assertThat(member.reaches(b.address(), 22)).isTrue();
        assertThat(stranger.reaches(b.address(), 22)).isFalse();
    }

    @Test
    void aFalseSourceGoesNowhere() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        var mac = a.nic().mac();
        var to = b.nic().mac();
        assertThat(a.pings(b.address())).isTrue();
        a.send(Frame.udp(mac, to, "10.1.0.99", b.address(), 1000, 2000, "false-address"));
        a.send(Frame.udp("02:00:00:00:00:99", to, a.address(), b.address(), 1000, 2000, "false-mac"));
        a.send(Frame.arpAnswer(mac, to, "10.1.0.1", b.address()));
        a.send(Frame.udp(mac, to, a.address(), b.address(), 67, 68, "false-dhcp"));
        a.send(Frame.udp(mac, BROADCAST, a.address(), "255.255.255.255", 67, 68, "false-broadcast"));
        a.send(Frame.udp(mac, BROADCAST, a.address(), "10.1.0.255", 1000, 2000, "broadcast"));
        a.send(Frame.of(mac, to, 0x86dd, "false-ipv6"));
        a.send(Frame.of(mac, to, 0x88cc, "false-lldp"));
        a.send(Frame.udp(mac, "02:00:00:00:00:98", a.address(), b.address(), 1000, 2000, "another-card"));
        a.send(Frame.udp(mac, to, a.address(), b.address(), 1000, 2000, "true-source"));
        await().atMost(Duration.ofSeconds(5)).until(() -> b.got("true-source"));
        assertThat(b.got("false-")).isFalse();
        assertThat(b.got("broadcast")).isFalse();
        assertThat(b.got("another-card")).isFalse();
        assertThat(b.run("ip", "neigh", "show", "10.1.0.1")).doesNotContain(mac);
    }
}
