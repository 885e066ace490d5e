package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.exec.Exec;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.Specs;
import io.croft.agent.network.linux.LinuxHostNetwork;
import io.croft.protocol.VpcSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What passes between guests and the world: the host, the LAN behind its uplink, other VPCs. */
@Tag("real")
class VpcEdgeIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final VpcSpec TWIN = Specs.vpc(2, "10.1.0.0/16", 1);

    private final VpcHost host = new VpcHost();

    private final Lan lan = new Lan();

    @BeforeEach
    void open() {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 22, "0.0.0.0/0")));
        host.group(Groups.of(TWIN, 2, EGRESS_ALL, ingress(TCP, 22, 22, "0.0.0.0/0")));
    }

    @AfterEach
    void clear() {
        try {
            host.close();
        } finally {
            lan.close();
        }
    }

    static boolean hostReaches(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            socket.setSoTimeout(1000);
            return Guest.echoes(socket);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theHostReachesAPublicAddress() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        a.echo(22);
        a.echo(80);
        assertThat(hostReaches("198.18.0.5", 22)).isTrue();
        assertThat(hostReaches("198.18.0.5", 80)).isFalse();
        assertThat(hostReaches("10.1.0.5", 22)).isFalse();
        host.remove(a);
        assertThat(Guest.host("ip", "route", "get", "192.0.2.2").stdout()).contains("up0");
        assertThat(Exec.run(List.of("ip", "route", "get", "198.18.0.5"), Duration.ofSeconds(5))
                        .ok())
                .isFalse();
    }

    @Test
    void publicAddressesReachEachOther() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, "198.18.0.6", Groups.id(1)));
        var c = host.boot(TWIN, Specs.nic(TWIN, 0, 5, "198.18.0.7", Groups.id(2)));
        var d = host.boot(TWIN, Specs.nic(TWIN, 0, 9, null, Groups.id(2)));
        for (var guest : new Guest[] {a, b, c}) {
            guest.echo(22);
        }
        assertThat(a.reaches("198.18.0.6", 22)).as("within a subnet").isTrue();
        assertThat(a.reaches("198.18.0.7", 22))
                .as("to a VPC with the same addresses")
                .isTrue();
        assertThat(c.reaches("198.18.0.5", 22)).as("and back").isTrue();
        assertThat(d.reaches("198.18.0.5", 22))
                .as("without an address of its own")
                .isTrue();
        assertThat(d.reaches("198.18.0.7", 22))
                .as("without an address of its own, in its VPC")
                .isTrue();
    }

    @Test
    void equalAddressesInTwoVpcsDoNotMix() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        var twinA = host.boot(TWIN, Specs.nic(TWIN, 0, 5, null, Groups.id(2)));
        host.boot(TWIN, Specs.nic(TWIN, 0, 6, null, Groups.id(2)));
        b.echo(22);
        assertThat(a.reaches("10.1.0.6", 22)).isTrue();
        assertThat(twinA.reaches("10.1.0.6", 22)).isFalse();
        try (var open = a.connect("10.1.0.6", 22)) {
            host.group(Groups.of(TWIN, 2, EGRESS_ALL));
            assertThat(Guest.echoes(open)).isTrue();
        }
    }

    @Test
    void aGuestReachesTheLanAndNotTheHost() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 0, 6, "198.18.0.6", Groups.id(1)));
        var server = lan.call(() -> new ServerSocket(7));
        Guest.serve(server);
        var own = new ServerSocket(7);
        Guest.serve(own);
        for (var guest : new Guest[] {a, b}) {
            assertThat(guest.reaches("192.0.2.2", 7)).as("the LAN").isTrue();
            assertThat(guest.reaches("192.0.2.1", 7)).as("the host on the LAN").isFalse();
            assertThat(guest.reaches("198.19.0.0", 7))
                    .as("the host behind the router")
                    .isFalse();
            assertThat(guest.reaches("10.1.0.1", 7)).as("the router").isFalse();
        }
        server.close();
        own.close();
    }

    /** The pool is known on this host alone, and the host forwards for nobody else. */
    @Test
    void theLanReachesNothing() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        a.echo(22);
        assertThat(hostReaches("198.18.0.5", 22)).isTrue();
        var reached = lan.call(() -> hostReaches("198.18.0.5", 22));
        assertThat(reached).isFalse();
        assertThat(Guest.host("cat", "/proc/sys/net/ipv4/ip_forward").stdout().strip())
                .isEqualTo("1");
        Guest.host("ip", "netns", "add", "other");
        try {
            Guest.host("ip", "link", "add", "other0", "type", "veth", "peer", "name", "eth0", "netns", "other");
            Guest.host("ip", "address", "add", "203.0.113.1/24", "dev", "other0");
            Guest.host("ip", "link", "set", "other0", "up");
            Guest.host("ip", "-n", "other", "address", "add", "203.0.113.2/24", "dev", "eth0");
            Guest.host("ip", "-n", "other", "link", "set", "eth0", "up");
            Guest.host("ip", "-n", "other", "route", "add", "default", "via", "203.0.113.1");
            assertThat(Exec.run(
                                    List.of(
                                            "nsenter",
                                            "--net=/run/netns/other",
                                            "--",
                                            "busybox",
                                            "ping",
                                            "-c",
                                            "1",
                                            "-W",
                                            "1",
                                            "192.0.2.2"),
                                    Duration.ofSeconds(5))
                            .ok())
                    .isFalse();
        } finally {
            Guest.host("ip", "netns", "delete", "other");
        }
    }

    @Test
    void aPoolThatTheHostRoutesElsewhereIsRefused() {
        Guest.host("ip", "route", "add", "198.18.0.128/25", "via", "192.0.2.2");
        try {
            var network = new LinuxHostNetwork(VpcHost.SETTINGS, InstantSource.system());
            assertThatThrownBy(() -> network.ensureVpc(VPC))
                    .isInstanceOf(NetworkException.class)
                    .hasMessageContaining("198.18.0.128/25");
        } finally {
            Guest.host("ip", "route", "delete", "198.18.0.128/25");
        }
    }
}
