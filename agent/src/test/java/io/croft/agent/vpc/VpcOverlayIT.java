package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.ingress;
import static io.croft.agent.vpc.Groups.ingressFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.exec.Exec;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.Specs;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One VPC on two hosts, with real packets: the other host and its guests are made by hand, beyond the card that is the underlay. */
@Tag("real")
class VpcOverlayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final VpcSpec TWIN = Specs.vpc(2, "10.1.0.0/16", 2);
    private static final InterfaceSpec A = Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1));
    private static final InterfaceSpec B = Specs.nic(VPC, 1, 6, null, Groups.id(1));
    private static final InterfaceSpec OF_TWIN = Specs.nic(TWIN, 0, 6, null, Groups.id(3));
    private static final InterfaceSpec FAR = Specs.nic(VPC, 0, 9, null, Groups.id(2));
    private static final String FAR_ADDRESS = FAR.addresses().getFirst();
    private static final VpcPeersSpec PEERS = Specs.peers(VPC, OtherHost.ADDRESS, FAR);

    private final OtherHost far = new OtherHost();
    private final VpcHost host = VpcHost.over(OtherHost.UNDERLAY);

    @BeforeEach
    void open() {
        rules(EGRESS_ALL, ingress(ALL, ALL, ALL, "10.1.0.0/16"));
    }

    @AfterEach
    void clear() {
        try {
            host.close();
        } finally {
            far.close();
        }
    }

    private void rules(SecurityGroupRuleSpec... rules) {
        host.group(Groups.of(VPC, 1, rules));
    }

    /** A guest here that knows the one there. */
    private Guest joined(InterfaceSpec nic) throws Exception {
        var guest = host.boot(VPC, nic);
        host.reach(VPC, PEERS);
        far.guest(VPC, FAR, nic);
        guest.echo(22);
        return guest;
    }

    private boolean farReaches(String address) throws Exception {
        return far.call(() -> VpcEdgeIT.hostReaches(address, 22));
    }

    private void farSends(Guest to, String payload) throws Exception {
        far.call(() -> Datagrams.send(to.address(), payload, new byte[0]));
    }

    @Test
    void guestsOfOneSubnetReachEachOther() throws Exception {
        var a = joined(A);
        assertThat(a.pings(FAR_ADDRESS)).isTrue();
        assertThat(farReaches(a.address())).isTrue();
        try (var server = far.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            assertThat(a.reaches(FAR_ADDRESS, 7)).isTrue();
        }
        assertThat(a.run("ip", "neigh", "show", FAR_ADDRESS))
                .as("answered here: nothing is flooded")
                .contains(FAR.mac());
    }

    /** Routed where it starts: the other host sends it into this subnet itself. */
    @Test
    void guestsOfTwoSubnetsReachEachOther() throws Exception {
        var b = joined(B);
        assertThat(b.pings(FAR_ADDRESS)).isTrue();
        assertThat(farReaches(b.address())).isTrue();
    }

    @Test
    void aVpcWithTheSameAddressesHearsNothing() throws Exception {
        joined(A);
        var other = host.boot(TWIN, OF_TWIN);
        host.group(Groups.of(TWIN, 3, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        other.echo(22);
        far.run("ip", "neigh", "add", other.address(), "lladdr", OF_TWIN.mac(), "dev", "vx0", "nud", "permanent");
        assertThat(other.pings(FAR_ADDRESS)).isFalse();
        assertThat(farReaches(other.address())).isFalse();
    }

    @Test
    void rulesThatNameAGroupHoldForItsMembersElsewhere() throws Exception {
        var a = joined(A);
        rules(EGRESS_ALL, ingressFrom(TCP, 22, 22, 2));
        assertThat(farReaches(a.address())).isTrue();
        host.reach(VPC, Specs.peers(VPC, OtherHost.ADDRESS, Specs.nic(VPC, 0, 9, null, Groups.id(4))));
        assertThat(farReaches(a.address())).as("it has left the group").isFalse();
    }

    /** The flow that is up ends, within a second. */
    @Test
    void aRuleThatIsRevokedEndsWhatItLetIn() throws Exception {
        var a = joined(A);
        try (Socket flow = far.call(() -> new Socket(a.address(), 22))) {
            flow.setSoTimeout(1000);
            assertThat(Guest.echoes(flow)).isTrue();
            rules(EGRESS_ALL);
            assertThat(Guest.echoes(flow)).isFalse();
        }
        assertThat(farReaches(a.address())).isFalse();
    }

    /** A machine of the same network that is no host of ours may know everything, and is not heard. */
    @Test
    void whatDoesNotComeFromTheHostsIsNotTaken() throws Exception {
        var a = joined(A);
        far.remove();
        far.guest(VPC, FAR, A, OtherHost.MACHINE);
        farSends(a, "false-machine");
        far.remove();
        far.guest(VPC, FAR, A);
        farSends(a, "honest");
        await().atMost(PATIENCE).until(() -> a.got("honest"));
        assertThat(a.got("false-")).isFalse();

        host.reach(VPC, Specs.peers(VPC, OtherHost.MACHINE, FAR));
        farSends(a, "false-gone");
        host.reach(VPC, PEERS);
        farSends(a, "trusty");
        await().atMost(PATIENCE).until(() -> a.got("trusty"));
        assertThat(a.got("false-")).as("from a host that is none any more").isFalse();
    }

    /** Not by the host's own address, and not out by its own public one: no guest is taken for a host, and none reaches one. */
    @Test
    void noGuestPassesForAHost() throws Exception {
        var a = joined(A);
        var other = host.boot(TWIN, OF_TWIN);
        host.group(Groups.of(TWIN, 3, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        host.reach(TWIN, Specs.peers(TWIN, OtherHost.ADDRESS, Specs.nic(TWIN, 0, 9, null, Groups.id(3))));
        var inner =
                Frame.udp("02:ca:00:00:20:09", OF_TWIN.mac(), "10.1.0.9", other.address(), 1000, 2000, "false-inner");
        for (var to : List.of(OtherHost.HERE, OtherHost.ADDRESS, OtherHost.MACHINE, "198.18.0.5")) {
            a.call(() -> vxlan(TWIN.allSubnets().getFirst(), inner, to));
        }
        assertThat(a.pings(OtherHost.ADDRESS)).isFalse();
        assertThat(a.pings(OtherHost.MACHINE)).as("what is no host").isTrue();
        other.send(Frame.of(OF_TWIN.mac(), OF_TWIN.mac(), 0x0800, "last"));
        assertThat(other.got("false-")).isFalse();
    }

    private static boolean vxlan(SubnetSpec subnet, byte[] inner, String to) throws Exception {
        var bytes = ByteBuffer.allocate(8 + inner.length);
        bytes.putInt(0x08000000).putInt(subnet.vni() << 8).put(inner);
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes.array(), bytes.capacity(), InetAddress.ofLiteral(to), 4789));
            return true;
        }
    }

    /** What guests of one VPC send each other is their own, VXLAN too. */
    @Test
    void guestsMaySendEachOtherVxlan() throws Exception {
        var a = joined(A);
        var b = host.boot(VPC, Specs.nic(VPC, 0, 7, null, Groups.id(1)));
        a.send(Frame.udp(A.mac(), b.nic().mac(), a.address(), b.address(), 1000, 4789, "their own"));
        await().atMost(PATIENCE).until(() -> b.got("their own"));
    }

    @Test
    void asOftenAsAskedChangesNothingAndWhatOthersDidIsPutRight() throws Exception {
        var a = joined(A);
        var port = LinkName.overlay(A.subnet());
        var bridge = LinkName.bridge(A.subnet());
        var before = known();
        host.network.ensurePeers(VPC, PEERS);
        assertThat(known()).isEqualTo(before);
        for (var change : List.of(
                "bridge fdb delete " + FAR.mac() + " dev " + port + " master static",
                "bridge fdb delete " + FAR.mac() + " dev " + port + " dst " + OtherHost.ADDRESS + " self",
                "ip neigh delete " + FAR_ADDRESS + " dev " + bridge,
                "ip -netns croft-" + VPC.id() + " link set " + LinkName.gateway(A.subnet()) + " down",
                "ip link set " + bridge + " down",
                "ip link set " + port + " down",
                "ip link set " + port + " nomaster",
                "ip link delete " + port,
                "bridge link set dev " + port + " learning on flood on neigh_suppress off")) {
            Guest.host(change.split(" ", -1));
            assertThat(known()).as(change).isNotEqualTo(before);
            host.restartAgent();
            host.network.ensureVpc(VPC);
            host.network.ensurePeers(VPC, PEERS);
            assertThat(known()).as(change).isEqualTo(before);
            assertThat(a.pings(FAR_ADDRESS)).as(change).isTrue();
        }
    }

    /** What the kernel knows of the other host, without what it draws or counts itself. */
    private static String known() {
        return Stream.of(
                        lines("ip -d -o link show type vxlan")
                                .map(l -> l.replaceAll(
                                        "^\\d+:|link/ether \\S+|(port|designated|_timer|hello|promiscuity|allmulti|state)\\S* +\\S+",
                                        "")),
                        lines("bridge fdb show").filter(l -> l.contains(FAR.mac())),
                        lines("ip -4 neigh show nud permanent"),
                        lines("ip -netns croft-" + VPC.id() + " -4 neigh show nud permanent"))
                .map(l -> l.sorted().toList().toString())
                .toList()
                .toString();
    }

    private static Stream<String> lines(String command) {
        return Exec.run(List.of(command.split(" ", -1)), PATIENCE)
                .stdout()
                .lines()
                .map(String::strip);
    }

    private static List<String> links() {
        return lines("ip -o link").map(l -> l.split(": ", 3)[1]).toList();
    }

    @Test
    void nothingIsLeft() throws Exception {
        var before = links();
        var a = joined(A);
        host.network.removePeers(VPC.id());
        assertThat(lines("bridge fdb show").filter(l -> l.contains(FAR.mac()))).isEmpty();
        assertThat(lines("ip -4 neigh show nud permanent").filter(l -> l.contains("cftb")))
                .isEmpty();
        assertThat(lines("ip -netns croft-" + VPC.id() + " -4 neigh show nud permanent"))
                .isEmpty();
        assertThat(a.pings(FAR_ADDRESS)).isFalse();
        host.reach(VPC, PEERS);
        await("once the guest asks again").atMost(PATIENCE).until(() -> a.pings(FAR_ADDRESS));
        host.remove(a);
        host.network.removeVpc(VPC.id());
        assertThat(links()).isEqualTo(before);
    }
}
