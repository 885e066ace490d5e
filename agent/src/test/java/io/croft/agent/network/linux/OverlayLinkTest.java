package io.croft.agent.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverlayLinkTest {
    private static final String LISTED =
            "3: cftxa624cb98: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue master"
                    + " cftba624cb98 state UNKNOWN mode DEFAULT group default qlen 1000\\    link/ether 7e:71:3d:a2:8e:31 brd"
                    + " ff:ff:ff:ff:ff:ff promiscuity 1  allmulti 1 minmtu 68 maxmtu 65535 \\    vxlan id 100 local 192.0.2.1"
                    + " srcport 0 0 dstport 4789 nolearning ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx \\   "
                    + " bridge_slave state forwarding priority 32 cost 100 hairpin off guard off root_block off fastleave off"
                    + " learning off flood off port_id 0x8001 port_no 0x1 proxy_arp off proxy_arp_wifi off mcast_router 1"
                    + " mcast_fast_leave off mcast_flood off bcast_flood off mcast_to_unicast off neigh_suppress on"
                    + " group_fwd_mask 0 vlan_tunnel off isolated off locked off addrgenmode none \\    alias vpc-1/subnet-2";
    private static final OverlayLink LINK = new OverlayLink(
            "cftxa624cb98", "id 100 local 192.0.2.1 dstport 4789 nolearning", "cftba624cb98", true, true);

    @Test
    void readsALink() {
        assertThat(OverlayLink.parse(LISTED)).contains(LINK);
        assertThat(OverlayLink.parse("2: eth0@if3: <UP> mtu 1500 qdisc noqueue state UP"))
                .isEmpty();
    }

    @Test
    void seesWhatSomebodyElseDidToIt() {
        for (var change : new String[][] {
            {"bcast_flood off", "bcast_flood on"},
            {"learning off flood off", "learning on flood off"},
            {"neigh_suppress on", "neigh_suppress off"},
            {"mcast_flood off", "mcast_flood on"},
            {",UP,", ","},
            {" master cftba624cb98", ""},
            {"dstport 4789", "dstport 8472"},
            {" nolearning", ""},
            {"local 192.0.2.1", "local 192.0.2.9"}
        }) {
            assertThat(OverlayLink.parse(LISTED.replace(change[0], change[1])))
                    .as(change[0])
                    .isPresent()
                    .get()
                    .isNotEqualTo(LINK);
        }
    }
}
