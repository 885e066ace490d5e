package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.UDP;
import static io.croft.agent.vpc.Groups.egress;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.Specs;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames that no honest guest sends: each kind is dropped, and an honest frame sent after all of them arrives. */
@Tag("real")
class VpcHostilityIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final String GATEWAY = "10.1.0.1";
    private static final String GATEWAY_MAC = "02:ff:00:00:00:01";
    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    private static final String STRANGER = "02:00:00:00:00:98";
    private static final String ACCEPT_SOURCE_ROUTE = "net.ipv4.conf.all.accept_source_route";
    private static final InterfaceSpec A = Specs.nic(VPC, 0, 5, null, Groups.id(1));
    private static final InterfaceSpec B = Specs.nic(VPC, 0, 6, null, Groups.id(1));
    private static final InterfaceSpec C = Specs.nic(VPC, 1, 7, null, Groups.id(1));

    private final VpcHost host = new VpcHost();

    @AfterEach
    void clear() {
        host.close();
    }

    private static String address(InterfaceSpec nic) {
        return nic.addresses().getFirst();
    }

    /** What was sent before this has come, or never will. */
    private static void awaitHonest(Guest from, Guest to) {
        from.send(Frame.udp(from.nic().mac(), to.nic().mac(), from.address(), to.address(), 1000, 2000, "honest"));
        await().atMost(Duration.ofSeconds(5)).until(() -> to.got("honest"));
    }

    @Test
    void arpSaysWhatIsSoOrNothing() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, A);
        var b = host.boot(VPC, B);
        var mac = A.mac();
        var to = B.mac();
        a.send(Frame.arp(2, mac, to, "0.0.0.0", address(B), "false-reply"));
        a.send(Frame.arp(2, mac, BROADCAST, "0.0.0.0", "0.0.0.0", "false-everyone"));
        a.send(Frame.arp(1, mac, BROADCAST, "0.0.0.0", address(B), "false-probe"));
        a.send(Frame.arp(1, mac, to, "0.0.0.0", GATEWAY, "false-gateway"));
        for (var operation : List.of(0, 3, 4, 8, 9, 10, 258)) {
            a.send(Frame.arp(operation, mac, to, address(A), address(B), "false-op-" + operation));
        }
        Map.of(15, 6, 16, 6, 18, 8, 19, 16)
                .forEach((at, value) -> a.send(
                        Frame.changed(Frame.arp(1, mac, to, address(A), address(B), "false-head-" + at), at, value)));
        a.send(Frame.arp(1, mac, BROADCAST, "0.0.0.0", address(A), "true-probe"));
        a.send(Frame.arp(2, mac, BROADCAST, address(A), address(A), "true-announce"));
        a.send(Frame.arp(2, mac, to, address(A), address(B), "true-reply"));
        awaitHonest(a, b);
        assertThat(b.got("true-probe")).isTrue();
        assertThat(b.got("true-announce")).isTrue();
        assertThat(b.got("true-reply")).isTrue();
        assertThat(b.received().stream().filter(f -> Frame.holds(f, "false-")).map(Frame::text))
                .isEmpty();
    }

    /** Their source route, their record of the way and their time stamps show and choose what lies between. */
    @Test
    void optionsOfTheInternetProtocolGoNowhere() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, A);
        var b = host.boot(VPC, B);
        var c = host.boot(VPC, C);
        options(address(B))
                .forEach((name, option) ->
                        a.send(Frame.withOptions(option, A.mac(), B.mac(), address(A), address(B), "false-" + name)));
        options(address(C))
                .forEach((name, option) -> a.send(
                        Frame.withOptions(option, A.mac(), GATEWAY_MAC, address(A), address(C), "false-" + name)));
        awaitHonest(a, b);
        a.send(Frame.udp(A.mac(), GATEWAY_MAC, address(A), address(C), 1000, 2000, "honest"));
        await().atMost(Duration.ofSeconds(5)).until(() -> c.got("honest"));
        for (var guest : List.of(b, c)) {
            assertThat(guest.received().stream()
                            .filter(f -> Frame.holds(f, "false-"))
                            .map(Frame::text))
                    .isEmpty();
        }
    }

    /** Of every kind that an Internet header may carry one. */
    private static Map<String, byte[]> options(String hop) {
        var way = InetAddress.ofLiteral(hop).getAddress();
        var options = new LinkedHashMap<String, byte[]>();
        options.put("record-route", option(7, 8, 4, 0, 0, 0, 0, 0, 0));
        options.put("timestamp", option(68, 8, 5, 0, 0, 0, 0, 0));
        for (var kind : List.of(131, 137)) {
            options.put("source-route-" + kind, option(1, kind, 7, 4, way[0], way[1], way[2], way[3]));
        }
        options.put("alert", option(148, 4, 0, 0));
        options.put("security", option(130, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        options.put("stream", option(136, 4, 0, 1));
        options.put("unknown", option(30, 4, 0, 0));
        options.put("nothing", option(1, 1, 1, 0));
        return options;
    }

    private static byte[] option(int... values) {
        var option = new byte[(values.length + 3) / 4 * 4];
        for (int i = 0; i < values.length; i++) {
            option[i] = (byte) values[i];
        }
        return option;
    }

    /** A guest that may talk to the router alone must not talk through it, whatever its namespace inherited from the host's settings. */
    @Test
    void theRouterTakesNoGuestsRoute() throws Exception {
        host.group(Groups.of(VPC, 1, egress(UDP, 2000, 2000, GATEWAY + "/32"), ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        host.group(Groups.of(VPC, 2, EGRESS_ALL));
        var a = host.boot(VPC, A);
        var b = host.boot(VPC, Specs.nic(VPC, 0, 8, null, Groups.id(2)));
        var c = host.boot(VPC, C);
        router("sysctl", "-q", "-w", ACCEPT_SOURCE_ROUTE + "=1");
        options(address(C))
                .forEach((name, option) ->
                        a.send(Frame.withOptions(option, A.mac(), GATEWAY_MAC, address(A), GATEWAY, "false-" + name)));
        b.send(Frame.udp(b.nic().mac(), GATEWAY_MAC, b.address(), address(C), 1000, 2000, "honest"));
        await().atMost(Duration.ofSeconds(5)).until(() -> c.got("honest"));
        assertThat(c.got("false-")).isFalse();
        host.restartAgent();
        host.network.ensureVpc(VPC);
        assertThat(router("sysctl", "-n", ACCEPT_SOURCE_ROUTE)).isEqualTo("0");
    }

    private static String router(String... argv) {
        var inside = new ArrayList<>(List.of("ip", "netns", "exec", "croft-" + VPC.id()));
        inside.addAll(List.of(argv));
        return Guest.host(inside.toArray(String[]::new)).stdout().strip();
    }

    @Test
    void aFrameForNobodyIsNotShownToTheRouter() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, A);
        var b = host.boot(VPC, B);
        var c = host.boot(VPC, C);
        var router = LinkName.routerPort(A.subnet());
        try (var seen = new Counter("bridge", "postrouting", "oifname", router, "ether daddr", STRANGER)) {
            a.send(Frame.udp(A.mac(), STRANGER, address(A), address(B), 1000, 2000, "false-unicast"));
            a.send(Frame.arp(2, A.mac(), STRANGER, address(A), GATEWAY, "false-arp"));
            awaitHonest(a, b);
            assertThat(seen.packets()).isZero();
        }
        assertThat(b.got("false-")).isFalse();
        a.run("ip", "neigh", "flush", "dev", "eth0");
        assertThat(a.pings(c.address())).as("the way to the router").isTrue();
    }

    /** A tap that sees all broadcasts learns who is there and what they ask; only the subnet's own services need them. */
    @Test
    void whatIsForEverybodyReachesNoOtherGuest() throws Exception {
        host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
        var a = host.boot(VPC, A);
        var b = host.boot(VPC, Specs.unchecked(B));
        var mac = A.mac();
        for (var group : List.of(BROADCAST, "01:00:5e:00:00:01", "03:00:00:00:00:01")) {
            a.send(Frame.udp(mac, group, "0.0.0.0", "255.255.255.255", 68, 67, "false-discover"));
            a.send(Frame.udp(mac, group, address(A), "255.255.255.255", 68, 67, "false-rebind"));
            a.send(Frame.udp(mac, group, address(A), "224.0.0.1", 68, 67, "false-multicast"));
            a.send(Frame.udp(mac, group, address(A), "10.1.0.255", 1000, 2000, "false-directed"));
            a.send(Frame.udp(mac, group, address(A), address(B), 1000, 2000, "false-unicast"));
        }
        awaitHonest(a, b);
        assertThat(b.got("false-")).isFalse();
    }
}
