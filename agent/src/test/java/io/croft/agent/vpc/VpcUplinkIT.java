package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host that answers for its public addresses on its uplink: what passes between it, the LAN and the other hosts of the pool. */
@Tag("real")
class VpcUplinkIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 1);
    /** A public address that another host of the pool answers for. */
    private static final String ELSEWHERE = "198.18.0.77";

    private final Lan lan = new Lan();
    private VpcHost host = VpcHost.behind(Lan.UPLINK, "198.18.0.0/24");

    @AfterEach
    void clear() {
        try {
            host.close();
        } finally {
            lan.close();
        }
    }

    private Guest boot(String publicAddress) throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(TCP, 22, 22, "0.0.0.0/0")));
        var guest = host.boot(VPC, Specs.nic(VPC, 0, 5, publicAddress, Groups.id(1)));
        guest.echo(22);
        return guest;
    }

    private boolean lanReaches(String address) throws Exception {
        return lan.call(() -> VpcEdgeIT.hostReaches(address, 22));
    }

    @Test
    void publicAddressesOfTwoHostsReachEachOther() throws Exception {
        requireBothWays();
    }

    private void requireBothWays() throws Exception {
        lan.run("ip", "address", "add", ELSEWHERE + "/24", "dev", "eth0");
        var guest = boot("198.18.0.5");
        try (var server = lan.call(() -> new ServerSocket(22))) {
            Guest.serve(server);
            assertThat(guest.reaches(ELSEWHERE, 22)).as("to the other host's").isTrue();
            assertThat(lanReaches("198.18.0.5")).as("from the other host's").isTrue();
        }
        host.restartAgent();
        host.network.ensureVpc(VPC);
        assertThat(lanReaches("198.18.0.5")).as("after the agent's restart").isTrue();
    }

    /** What an agent of before left: the pool as a whole was unreachable. */
    @Test
    void aRouteOfBeforeGivesWayInPlace() throws Exception {
        Guest.host("ip", "route", "add", "unreachable", "198.18.0.0/24");
        requireBothWays();
    }

    /** Without its uplink the host must not send the pool's packets anywhere else. */
    @Test
    void aPacketThatMissesNeverLeavesByAnotherWay() throws Exception {
        boot("198.18.0.5");
        Guest.host("ip", "link", "set", Lan.UPLINK, "down");
        Guest.host("ip", "link", "add", "other0", "type", "veth", "peer", "name", "other1");
        try {
            Guest.host("ip", "link", "set", "other1", "up");
            Guest.host("ip", "link", "set", "other0", "up");
            Guest.host("ip", "route", "add", "default", "dev", "other0");
            host.restartAgent();
            host.network.ensureVpc(VPC);
            assertThat(Guest.tries("ip", "route", "get", ELSEWHERE)).isFalse();
            assertThat(Guest.tries("ip", "route", "get", "198.18.0.5")).isTrue();
        } finally {
            Guest.host("ip", "link", "delete", "other0");
        }
        Guest.host("ip", "link", "set", Lan.UPLINK, "up");
        host.restartAgent();
        host.network.ensureVpc(VPC);
        assertThat(Guest.host("ip", "route", "get", ELSEWHERE).stdout()).contains("dev " + Lan.UPLINK);
    }

    /** A pool that is the uplink's whole network is on the link already; its route is the host's own and stays as it is. */
    @Test
    void aPoolThatIsTheLanLeavesTheLansRoute() throws Exception {
        host = VpcHost.behind(Lan.UPLINK, "192.0.2.0/24");
        var before = Guest.host("ip", "-4", "route", "show", "proto", "kernel").stdout();
        boot("192.0.2.50");
        assertThat(lanReaches("192.0.2.50")).isTrue();
        assertThat(Guest.tries("busybox", "ping", "-c", "1", "-W", "1", "192.0.2.2"))
                .isTrue();
        assertThat(Guest.host("ip", "-4", "route", "show", "proto", "kernel").stdout())
                .startsWith(before);
        host.close();
        assertThat(Guest.host("ip", "-4", "route", "show", "proto", "kernel").stdout())
                .isEqualTo(before);
    }

    /** Link-local addresses are of one link; those of the services are answered here, the others by nobody. */
    @Test
    void linkLocalPacketsStayInTheirVpc() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var guest = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        lan.run("ip", "address", "add", "169.254.7.7/32", "dev", "eth0");
        try (var leaked = new Counter("ip", "postrouting", "oifname", Lan.UPLINK, "ip daddr 169.254.0.0/16");
                var left = new Counter("inet", "postrouting", "oifname", Lan.UPLINK, "ip daddr 192.0.2.2")) {
            assertThat(guest.pings("169.254.7.7")).isFalse();
            guest.pings("192.0.2.2");
            await().atMost(Duration.ofSeconds(5)).until(() -> left.packets() > 0);
            assertThat(leaked.packets()).isZero();
        }
    }

    /** Options in a header would show the LAN what lies between a public address and its guest. */
    @Test
    void packetsWithOptionsDoNotComeIn() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var guest = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        lan.call(() -> Datagrams.send("198.18.0.5", "false-record", new byte[] {7, 7, 4, 0, 0, 0, 0, 0}));
        lan.call(() -> Datagrams.send("198.18.0.5", "false-alert", new byte[] {(byte) 148, 4, 0, 0}));
        lan.call(() -> Datagrams.send("198.18.0.5", "honest", new byte[0]));
        await().atMost(Duration.ofSeconds(5)).until(() -> guest.got("honest"));
        assertThat(guest.got("false-")).isFalse();
    }

    /** A machine of the LAN that sends nothing itself learns where an address has moved. */
    @Test
    void neighboursHearWhereAPublicAddressIs() throws Exception {
        lan.run("sysctl", "-q", "-w", "net.ipv4.neigh.eth0.locktime=0");
        lan.run("ip", "neigh", "replace", "198.18.0.5", "lladdr", "02:00:00:00:00:99", "nud", "stale", "dev", "eth0");
        boot("198.18.0.5");
        var here = Files.readString(Path.of("/sys/class/net", Lan.UPLINK, "address"))
                .strip();
        assertThat(lan.output("ip", "neigh", "show", "198.18.0.5")).contains(here);
    }
}
