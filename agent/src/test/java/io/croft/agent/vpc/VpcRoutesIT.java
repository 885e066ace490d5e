package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.Specs;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What leaves a VPC and what reaches it, by its route tables. */
@Tag("real")
class VpcRoutesIT {
    private static final String LAN = "192.0.2.2";
    private static final List<String> OPEN = List.of("0.0.0.0/0");
    private static final List<String> SHUT = List.of();
    private static final VpcSpec PLAIN = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final InterfaceSpec A = Specs.nic(PLAIN, 0, 5, "198.18.0.5", Groups.id(1));
    private static final InterfaceSpec B = Specs.nic(PLAIN, 1, 6, "198.18.0.6", Groups.id(1));
    private static final InterfaceSpec C = Specs.nic(PLAIN, 1, 7, null, Groups.id(1));

    private final Lan lan = new Lan();
    private final VpcHost host = VpcHost.behind(Lan.UPLINK, "198.18.0.0/24");

    @BeforeEach
    void open() {
        host.group(Groups.of(PLAIN, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
    }

    @AfterEach
    void clear() {
        try {
            host.close();
        } finally {
            lan.close();
        }
    }

    private static VpcSpec routed(List<String> first, List<String> second) {
        return Specs.routed(PLAIN, List.of(first, second));
    }

    private boolean lanReaches(String address) throws Exception {
        return lan.call(() -> VpcEdgeIT.hostReaches(address, 22));
    }

    /** A subnet without a route to a gateway is inside: nothing leaves it, be it as itself or as a public address, and nothing comes in; what is in the VPC it reaches as ever. */
    @Test
    void aSubnetWithoutAWayOutIsInside() throws Exception {
        var vpc = routed(OPEN, SHUT);
        var a = host.boot(vpc, A);
        var b = host.boot(vpc, B);
        var c = host.boot(vpc, C);
        for (var guest : List.of(a, b)) {
            guest.echo(22);
        }
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            assertThat(a.reaches(LAN, 7)).as("the LAN from an open subnet").isTrue();
            assertThat(b.reaches(LAN, 7)).as("with a public address").isFalse();
            assertThat(c.reaches(LAN, 7)).as("without one").isFalse();
        }
        assertThat(lanReaches("198.18.0.5")).isTrue();
        assertThat(lanReaches("198.18.0.6")).as("from the LAN").isFalse();
        assertThat(VpcEdgeIT.hostReaches("198.18.0.6", 22)).as("from the host").isFalse();
        assertThat(c.reaches("198.18.0.5", 22))
                .as("a public address of the same host")
                .isFalse();
        assertThat(b.reaches("198.18.0.5", 22)).as("and with one of its own").isFalse();
        assertThat(a.reaches("198.18.0.6", 22)).as("and the other way").isFalse();
        assertThat(c.reaches(a.address(), 22)).as("inside the VPC").isTrue();
        assertThat(a.pings(c.address())).as("and back").isTrue();
    }

    /** Public addresses are for what comes from outside: who is inside is outside first, and seen as its own public address. */
    @Test
    void aPublicAddressIsReachedAsAPublicAddress() throws Exception {
        var vpc = routed(OPEN, OPEN);
        var a = host.boot(vpc, A);
        var b = host.boot(vpc, B);
        var c = host.boot(vpc, C);
        b.echo(22);
        host.group(Groups.of(PLAIN, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "198.18.0.5/32")));
        assertThat(a.reaches("198.18.0.6", 22))
                .as("known by its public address")
                .isTrue();
        assertThat(c.reaches("198.18.0.6", 22)).as("without one, as the host").isFalse();
        host.group(Groups.of(PLAIN, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "10.1.0.0/16")));
        assertThat(a.reaches("198.18.0.6", 22))
                .as("nobody comes by its private one")
                .isFalse();
        assertThat(c.reaches("198.18.0.6", 22)).isFalse();
        assertThat(c.reaches(b.address(), 22)).isTrue();
    }

    /** Routes change under guests that run: what is shut is shut at once, flows that are up too, and the rest goes on. */
    @Test
    void aRouteThatGoesEndsWhatItCarried() throws Exception {
        var open = routed(OPEN, OPEN);
        var a = host.boot(open, A);
        var b = host.boot(open, B);
        b.echo(22);
        a.echo(22);
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            try (var kept = a.connect(LAN, 7);
                    var ended = b.connect(LAN, 7);
                    var inside = a.connect(b.address(), 22)) {
                assertThat(Guest.echoes(kept)).isTrue();
                assertThat(Guest.echoes(ended)).isTrue();
                host.network.ensureVpc(routed(OPEN, SHUT));
                assertThat(Guest.echoes(ended)).isFalse();
                assertThat(Guest.echoes(kept)).isTrue();
                assertThat(Guest.echoes(inside)).isTrue();
                assertThat(lanReaches("198.18.0.6")).isFalse();
            }
            host.network.ensureVpc(routed(List.of("192.0.2.0/24"), List.of("203.0.113.0/24", "192.0.2.2/32")));
            assertThat(a.reaches(LAN, 7)).as("by a longer prefix").isTrue();
            assertThat(b.reaches(LAN, 7)).as("to one address").isTrue();
            assertThat(lanReaches("198.18.0.6")).isTrue();
            host.network.ensureVpc(routed(SHUT, List.of("203.0.113.0/24")));
            assertThat(a.reaches(LAN, 7)).isFalse();
            assertThat(b.reaches(LAN, 7)).isFalse();
            assertThat(a.reaches(b.address(), 22)).isTrue();
            host.network.ensureVpc(open);
            assertThat(b.reaches(LAN, 7)).isTrue();
            assertThat(lanReaches("198.18.0.6")).isTrue();
        }
    }

    /** What a subnet leaves behind when it goes is taken away, and its VPC's others are kept up. */
    @Test
    void aSubnetGoes() throws Exception {
        var two = routed(OPEN, OPEN);
        var one = new VpcSpec(
                two.id(),
                two.account(),
                two.generation(),
                two.presence(),
                two.cidr(),
                two.dnsDomain(),
                List.of(),
                null,
                null,
                two.allSubnets().subList(0, 1),
                null,
                two.routeTables(),
                two.internetGateway(),
                null);
        var a = host.boot(two, A);
        a.echo(22);
        host.network.ensureVpc(one);
        host.network.ensureVpc(one);
        var router = "croft-" + PLAIN.id();
        assertThat(Guest.host("ip", "-n", router, "rule").stdout()).doesNotContain("[detached]");
        assertThat(Guest.host("ip", "-n", router, "-4", "addr", "show", "dev", "lo")
                        .stdout())
                .contains(two.allSubnets().getFirst().cidr().address(2))
                .doesNotContain(two.allSubnets().getLast().cidr().address(2));
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            assertThat(a.reaches(LAN, 7)).isTrue();
        }
        assertThat(lanReaches("198.18.0.5")).isTrue();
    }

    /** A subnet may be all of its VPC's block. */
    @Test
    void aSubnetIsAllOfItsVpc() throws Exception {
        var block = Specs.vpc(7, "10.7.0.0/24", 1);
        var nic = Specs.nic(block, 0, 5, "198.18.0.5", Groups.id(1));
        host.group(Groups.of(block, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var vpc = Specs.routed(block, List.of(OPEN));
        var a = host.boot(vpc, nic);
        a.echo(22);
        host.network.ensureVpc(vpc);
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            assertThat(a.reaches(LAN, 7)).isTrue();
        }
        assertThat(lanReaches("198.18.0.5")).isTrue();
    }

    /** A VPC of before route tables, and one that is told of its tables for the first time while its guests run. */
    @Test
    void aVpcOfBeforeKeepsItsWays() throws Exception {
        var a = host.boot(PLAIN, A);
        var c = host.boot(PLAIN, C);
        a.echo(22);
        Guest.host("ip", "-n", "croft-" + PLAIN.id(), "rule", "flush");
        for (var rule : List.of("0 lookup local", "32766 lookup main", "32767 lookup default")) {
            Guest.host(("ip -n croft-" + PLAIN.id() + " rule add pref " + rule).split(" ", -1));
        }
        Guest.host("ip", "-n", "croft-" + PLAIN.id(), "route", "replace", "default", "via", "198.19.0.0");
        host.restartAgent();
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            try (var flow = a.connect(LAN, 7);
                    var hidden = c.connect(LAN, 7)) {
                assertThat(Guest.echoes(flow)).isTrue();
                host.network.ensureVpc(PLAIN);
                assertThat(Guest.host("ip", "-n", "croft-" + PLAIN.id(), "route")
                                .stdout())
                        .doesNotContain("default");
                host.network.ensureVpc(routed(OPEN, OPEN));
                assertThat(Guest.echoes(flow)).isTrue();
                assertThat(Guest.echoes(hidden)).isTrue();
            }
        }
        assertThat(lanReaches("198.18.0.5")).isTrue();
    }

    /** A public address moves from one running guest to another: the first is known by it no longer, in either direction, and its flows end. */
    @Test
    void aPublicAddressMoves() throws Exception {
        var vpc = routed(OPEN, OPEN);
        var a = host.boot(vpc, A);
        var c = host.boot(vpc, C);
        a.echo(22);
        try (var server = lan.call(() -> new ServerSocket(7))) {
            Guest.serve(server);
            try (var flow = a.connect(LAN, 7)) {
                assertThat(Guest.echoes(flow)).isTrue();
                host.network.plug(vpc, Specs.withPublicAddress(A, null));
                assertThat(Guest.echoes(flow)).isFalse();
                assertThat(lanReaches("198.18.0.5")).isFalse();
            }
            c.echo(22);
            host.network.plug(vpc, Specs.withPublicAddress(C, "198.18.0.5"));
            assertThat(lanReaches("198.18.0.5")).isTrue();
            assertThat(a.reaches("198.18.0.5", 22)).isTrue();
            assertThat(a.reaches(LAN, 7)).as("behind the host's").isTrue();
        }
    }

    /** Names of links are short, so two ids may have one: the second is refused, and the first keeps its own. */
    @Test
    void aLinkOfAnotherIsNotTaken() throws Exception {
        host.network.ensureVpc(PLAIN);
        var tap = LinkName.tap(A.id());
        Guest.host("ip", "tuntap", "add", "dev", tap, "mode", "tap");
        var other = PLAIN.id() + "/eni-0123456789abcdef0";
        Guest.host("ip", "link", "set", "dev", tap, "alias", other);
        assertThatThrownBy(() -> host.network.plug(PLAIN, A))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining(other);
    }
}
