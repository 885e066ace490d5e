package io.croft.agent.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.Specs;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import io.croft.types.NetworkAclId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterAclsTest {
    private static final int ALL = -1;
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");
    private static final VpcSpec PLAIN = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final Entry OUT = new Entry(true, 100, true, ALL, ALL, ALL, EVERYWHERE);
    private static final Entry IN = new Entry(false, 100, true, ALL, ALL, ALL, EVERYWHERE);

    private static String link(VpcSpec vpc, int subnet) {
        return LinkName.gateway(vpc.allSubnets().get(subnet).id());
    }

    private static Entry in(int number, boolean allows, int protocol, int from, int to, String cidr) {
        return new Entry(false, number, allows, protocol, from, to, new Cidr(cidr));
    }

    @Test
    void whatIsOpenHasNoRule() {
        for (var vpc : List.of(
                PLAIN,
                Specs.guarded(PLAIN, 0, OUT, IN),
                Specs.guarded(PLAIN, 0, OUT, in(90, true, 6, 22, 22, "192.0.2.0/24"), IN),
                Specs.guarded(PLAIN, 0, OUT, IN, in(200, false, ALL, ALL, ALL, "0.0.0.0/0")))) {
            assertThat(new RouterAcls(vpc).chains()).isEmpty();
            assertThat(new RouterAcls(vpc).rules()).isEmpty();
        }
    }

    /** A controller that forgets to say which ACL a subnet has opens nothing. */
    @Test
    void aGuardedSubnetThatNamesNoAclIsShut() {
        var vpc = Specs.guarded(PLAIN, 0, OUT, IN);
        var nameless = Specs.nameless(vpc, 0);
        assertThat(new RouterAcls(vpc).rules()).isEmpty();
        assertThat(new RouterAcls(nameless).rules()).contains(link(nameless, 0)).doesNotContain(link(nameless, 1));
        assertThat(new RouterAcls(nameless).chains()).contains("{\n\t\tdrop\n").doesNotContain("return");
    }

    /** The order of numbers, not of the document; what matches nothing is dropped. */
    @Test
    void entriesAreAskedByNumber() {
        var vpc = Specs.guarded(
                PLAIN,
                1,
                OUT,
                IN,
                in(30, true, 6, 1024, 65535, "10.1.0.0/24"),
                in(20, false, 17, 53, 53, "0.0.0.0/0"),
                in(10, true, 1, 8, ALL, "192.0.2.1/32"),
                in(11, true, 1, 3, 4, "0.0.0.0/0"),
                in(12, true, 1, ALL, ALL, "0.0.0.0/0"),
                in(40, false, 6, 0, 65535, "0.0.0.0/0"),
                in(50, true, 47, ALL, ALL, "203.0.113.0/24"));
        var acls = new RouterAcls(vpc);
        assertThat(acls.chains()).isEqualTo("""
                \tchain acl-00000000000000002-egress {
                \t\treturn
                \t\tdrop
                \t}
                \tchain acl-00000000000000002-ingress {
                \t\tip saddr 192.0.2.1/32 ip protocol 1 icmp type 8 return
                \t\tip protocol 1 icmp type 3 icmp code 4 return
                \t\tip protocol 1 return
                \t\tip protocol 17 udp dport 53 drop
                \t\tip saddr 10.1.0.0/24 ip protocol 6 tcp dport 1024-65535 return
                \t\tip protocol 6 drop
                \t\tip saddr 203.0.113.0/24 ip protocol 47 return
                \t\treturn
                \t\tdrop
                \t}
                """);
        var link = link(vpc, 1);
        assertThat(acls.rules()).isEqualTo("""
                \t\tiifname . oifname { "%1$s" . "%1$s" } accept
                \t\tiifname vmap { "%1$s" : jump acl-00000000000000002-egress }
                \t\toifname vmap { "%1$s" : jump acl-00000000000000002-ingress }
                """.formatted(link));
    }

    @Test
    void onlyADenyAheadOfTheRestGuards() {
        var denied = Specs.guarded(PLAIN, 0, OUT, IN, in(99, false, 6, 80, 80, "0.0.0.0/0"));
        assertThat(new RouterAcls(denied).rules()).contains(link(denied, 0)).doesNotContain(link(denied, 1));
        var mute = Specs.guarded(PLAIN, 0, IN);
        assertThat(new RouterAcls(mute).chains()).contains("-egress {\n\t\tdrop\n");
        var empty = Specs.guarded(PLAIN, 0);
        assertThat(new RouterAcls(empty).chains()).contains("-ingress {\n\t\tdrop\n");
    }

    /** An ACL of which nothing else is told lets nothing pass. */
    @Test
    void anUnknownOneIsShut() {
        var subnet = PLAIN.allSubnets().getFirst();
        var vpc = new VpcSpec(
                PLAIN.id(),
                PLAIN.account(),
                PLAIN.generation(),
                PLAIN.presence(),
                PLAIN.cidr(),
                PLAIN.dnsDomain(),
                List.of(new SubnetSpec(
                        subnet.id(),
                        subnet.cidr(),
                        subnet.gateway(),
                        subnet.gatewayMac(),
                        subnet.vni(),
                        subnet.zone(),
                        null,
                        new NetworkAclId("acl-0123456789abcdef0"))),
                null,
                null);
        assertThat(new RouterAcls(vpc).chains()).isEqualTo("""
                \tchain acl-0123456789abcdef0-egress {
                \t\tdrop
                \t}
                \tchain acl-0123456789abcdef0-ingress {
                \t\tdrop
                \t}
                """);
    }
}
