package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.metadata.Guests;
import io.croft.agent.network.Specs;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crosses the border of a subnet, by its network ACL. */
@Tag("real")
class VpcAclsIT {
    private static final int ICMP = 1;
    private static final String LAN = "192.0.2.2";
    private static final String ANYWHERE = "0.0.0.0/0";
    private static final Entry OUT = out(100, true, ALL, ALL, ALL, ANYWHERE);
    private static final Entry IN = in(100, true, ALL, ALL, ALL, ANYWHERE);
    private static final Entry ANSWERS = in(900, true, TCP, 1024, 65535, ANYWHERE);
    private static final List<String> OPEN = List.of(ANYWHERE);
    private static final VpcSpec PLAIN = Specs.routed(Specs.vpc(1, "10.1.0.0/16", 2), List.of(OPEN, OPEN));
    private static final InterfaceSpec A = Specs.nic(PLAIN, 0, 5, "198.18.0.5", Groups.id(1));
    private static final InterfaceSpec B = Specs.nic(PLAIN, 1, 6, null, Groups.id(1));
    private static final InterfaceSpec C = Specs.nic(PLAIN, 1, 7, null, Groups.id(1));

    private final Lan lan = new Lan();
    private final VpcHost host = VpcHost.behind(Lan.UPLINK, "198.18.0.0/24");

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        host.group(Groups.of(PLAIN, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, ANYWHERE)));
    }

    @AfterEach
    void clear() {
        try {
            host.close();
        } finally {
            lan.close();
        }
    }

    private static Entry out(int number, boolean allows, int protocol, int from, int to, String cidr) {
        return new Entry(true, number, allows, protocol, from, to, new Cidr(cidr));
    }

    private static Entry in(int number, boolean allows, int protocol, int from, int to, String cidr) {
        return new Entry(false, number, allows, protocol, from, to, new Cidr(cidr));
    }

    private void guard(int subnet, Entry... entries) {
        host.network.ensureVpc(Specs.guarded(PLAIN, subnet, entries));
    }

    private static String table() {
        return Guest.host("ip", "netns", "exec", "croft-" + PLAIN.id(), "nft", "list", "table", "ip", "croft")
                .stdout();
    }

    /** Each packet that enters or leaves the subnet is judged, those of answers too; what stays inside is not. */
    @Test
    void eachPacketIsJudgedAtTheBorder() throws Exception {
        var a = host.boot(PLAIN, A);
        var b = host.boot(PLAIN, B);
        var c = host.boot(PLAIN, C);
        for (var guest : List.of(a, b, c)) {
            guest.echo(22);
        }
        guard(1);
        assertThat(c.reaches(b.address(), 22)).as("inside the subnet").isTrue();
        assertThat(a.reaches(b.address(), 22)).isFalse();
        assertThat(b.reaches(a.address(), 22)).isFalse();
        guard(1, in(100, true, TCP, 22, 22, ANYWHERE));
        assertThat(a.reaches(b.address(), 22))
                .as("without an entry for answers")
                .isFalse();
        guard(1, in(100, true, TCP, 22, 22, ANYWHERE), out(100, true, TCP, 1024, 65535, "10.1.0.0/24"));
        assertThat(a.reaches(b.address(), 22)).as("with one").isTrue();
        assertThat(b.reaches(a.address(), 22)).as("the other way").isFalse();
        guard(1, OUT);
        assertThat(b.reaches(a.address(), 22))
                .as("out, without one for answers")
                .isFalse();
        guard(1, OUT, ANSWERS);
        assertThat(b.reaches(a.address(), 22)).as("with one").isTrue();
        assertThat(a.reaches(b.address(), 22)).isFalse();
        assertThat(c.reaches(b.address(), 22)).isTrue();
    }

    @Test
    void theLowestNumberThatMatchesCounts() throws Exception {
        var a = host.boot(PLAIN, A);
        var b = host.boot(PLAIN, B);
        b.echo(22);
        b.echo(80);
        guard(1, OUT, in(200, false, TCP, 22, 22, ANYWHERE), in(90, true, TCP, 22, 22, "10.1.0.5/32"), IN);
        assertThat(a.reaches(b.address(), 22)).isTrue();
        guard(1, OUT, in(80, false, TCP, 20, 30, "10.1.0.0/16"), in(90, true, TCP, 22, 22, "10.1.0.5/32"), IN);
        assertThat(a.reaches(b.address(), 22)).isFalse();
        assertThat(a.reaches(b.address(), 80)).isTrue();
        guard(1, OUT, in(80, false, ICMP, 8, ALL, ANYWHERE), IN);
        assertThat(a.pings(b.address())).as("by its type").isFalse();
        assertThat(b.pings(a.address())).as("the other type").isTrue();
        guard(1, OUT, in(80, true, ICMP, 8, 0, ANYWHERE));
        assertThat(a.pings(b.address())).isTrue();
        assertThat(b.pings(a.address())).isFalse();
    }

    /** Both lists count, the egress one of the source and the ingress one of the target. */
    @Test
    void bothSubnetsAreAsked() throws Exception {
        var a = host.boot(PLAIN, A);
        var b = host.boot(PLAIN, B);
        b.echo(22);
        var target = Specs.guarded(PLAIN, 1, OUT, in(100, true, TCP, 22, 22, ANYWHERE));
        host.network.ensureVpc(Specs.guarded(target, 0, IN, out(100, true, TCP, 80, 80, ANYWHERE)));
        assertThat(a.reaches(b.address(), 22)).isFalse();
        host.network.ensureVpc(Specs.guarded(target, 0, IN, out(100, true, TCP, 22, 22, "10.1.1.0/24")));
        assertThat(a.reaches(b.address(), 22)).isTrue();
    }

    /** By the private addresses, with a public one or behind the host's. */
    @Test
    void theWayOutIsJudgedToo() throws Exception {
        var a = host.boot(PLAIN, A);
        var b = host.boot(PLAIN, B);
        a.echo(22);
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            assertThat(b.reaches(LAN, 7)).isTrue();
            guard(1, IN, out(100, true, TCP, 8, 8, ANYWHERE));
            assertThat(b.reaches(LAN, 7)).as("the port out").isFalse();
            guard(1, OUT, in(100, true, TCP, 1024, 65535, "10.0.0.0/8"));
            assertThat(b.reaches(LAN, 7)).as("the answer's source").isFalse();
            guard(1, OUT, in(100, true, TCP, 1024, 65535, LAN + "/32"));
            assertThat(b.reaches(LAN, 7)).isTrue();
            guard(0, OUT, in(90, false, TCP, 22, 22, LAN + "/32"), IN);
            assertThat(lan.call(() -> VpcEdgeIT.hostReaches("198.18.0.5", 22))).isFalse();
            assertThat(a.reaches(LAN, 7)).isTrue();
            guard(0, OUT, in(90, true, TCP, 22, 22, LAN + "/32"));
            assertThat(lan.call(() -> VpcEdgeIT.hostReaches("198.18.0.5", 22))).isTrue();
            assertThat(a.reaches(LAN, 7)).isFalse();
        }
    }

    /** A flow that is up passes only as long as each of its packets does; and again once they do. */
    @Test
    void aChangeReachesFlowsThatAreUp() throws Exception {
        var a = host.boot(PLAIN, A);
        var b = host.boot(PLAIN, B);
        b.echo(22);
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            try (var inside = a.connect(b.address(), 22);
                    var outside = b.connect(LAN, 7)) {
                assertThat(Guest.echoes(inside)).isTrue();
                assertThat(Guest.echoes(outside)).isTrue();
                guard(1, OUT, in(90, false, TCP, 22, 22, ANYWHERE), IN);
                assertThat(Guest.echoes(inside)).isFalse();
                assertThat(Guest.echoes(outside)).isTrue();
                guard(1, out(90, false, TCP, 7, 7, ANYWHERE), OUT, IN);
                assertThat(Guest.echoes(outside)).isFalse();
            }
            guard(1, OUT, IN);
            assertThat(a.reaches(b.address(), 22)).isTrue();
            assertThat(b.reaches(LAN, 7)).isTrue();
            assertThat(table()).doesNotContain("acl-");
        }
    }

    /** Lease, names, metadata and time are the router's own, and so is what it says of packets that cannot go on. */
    @Test
    void theServicesOfTheVpcAreExempt() throws Exception {
        var script = Files.writeString(folder.resolve("lease"), """
                #!/bin/sh
                [ "$1" = bound ] || exit 0
                ip address add $ip/$mask dev $interface
                ip route replace default via $router
                echo "lease: $ip/$mask"
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        var b = host.boot(PLAIN, B);
        host.metadata(Guests.guest(PLAIN, B, null, true, false, 1));
        guard(1);
        assertThat(b.lease(script)).contains("lease: 10.1.1.6/24");
        assertThat(b.run("busybox", "nslookup", "ip-10-1-1-6.ec2.internal", "10.1.0.2"))
                .contains("10.1.1.6");
        assertThat(b.run("curl", "-s", "-m", "3", "http://169.254.169.254/latest/meta-data/local-ipv4"))
                .contains("10.1.1.6");
        assertThat(b.pings("10.1.1.1")).as("the router").isTrue();
        assertThat(b.attempt("busybox", "traceroute", "-n", "-m", "1", "-q", "1", "-w", "1", LAN)
                        .stdout())
                .as("the router's own word")
                .contains("10.1.1.1");
    }

    /** The rules outlive the agent, a second application changes nothing, and what somebody took away comes back. */
    @Test
    void theRulesLast() throws Exception {
        var a = host.boot(PLAIN, A);
        var b = host.boot(PLAIN, B);
        b.echo(22);
        b.echo(80);
        var vpc = Specs.guarded(PLAIN, 1, OUT, in(90, false, TCP, 22, 22, ANYWHERE), IN);
        host.network.ensureVpc(vpc);
        var before = table();
        host.restartAgent();
        assertThat(a.reaches(b.address(), 22)).isFalse();
        host.network.ensureVpc(vpc);
        assertThat(table()).isEqualTo(before);
        Guest.host("ip", "netns", "exec", "croft-" + PLAIN.id(), "nft", "flush", "chain", "ip", "croft", "forward");
        host.restartAgent();
        host.network.ensureVpc(vpc);
        assertThat(table()).isEqualTo(before);
        assertThat(a.reaches(b.address(), 22)).isFalse();
        assertThat(a.reaches(b.address(), 80)).isTrue();
    }
}
