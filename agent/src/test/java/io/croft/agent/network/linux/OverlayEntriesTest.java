package io.croft.agent.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.Specs;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.SubnetId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OverlayEntriesTest {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final Set<SubnetId> SUBNETS =
            VPC.allSubnets().stream().map(SubnetSpec::id).collect(Collectors.toSet());
    private static final SubnetId SUBNET = VPC.allSubnets().getFirst().id();
    private static final String PORT = LinkName.overlay(SUBNET);
    private static final String BRIDGE = LinkName.bridge(SUBNET);
    private static final String GATEWAY = LinkName.gateway(SUBNET);
    private static final VpcPeersSpec PEERS = Specs.peers(VPC, "192.0.2.7", Specs.nic(VPC, 0, 9, null));
    private static final OverlayEntries NOTHING = OverlayEntries.there(SUBNETS, List.of(), List.of(), List.of());

    @Test
    void tellsTheKernelOfEachMember() {
        var wanted = OverlayEntries.wanted(VPC, PEERS);
        assertThat(wanted.bridging(NOTHING))
                .containsExactly(
                        "fdb replace 02:ca:00:00:10:09 dev " + PORT + " dst 192.0.2.7 self permanent",
                        "fdb replace 02:ca:00:00:10:09 dev " + PORT + " master static");
        assertThat(wanted.answering(NOTHING))
                .containsExactly("neigh replace 10.1.0.9 dev " + BRIDGE + " lladdr 02:ca:00:00:10:09 nud permanent");
        assertThat(wanted.routing(NOTHING))
                .containsExactly("neigh replace 10.1.0.9 dev " + GATEWAY + " lladdr 02:ca:00:00:10:09 nud permanent");
    }

    /** Of a subnet that the VPC has not got here, or no longer, nothing can be told. */
    @Test
    void passesOverMembersOfSubnetsThatAreNotHere() {
        var one = Specs.vpc(1, "10.1.0.0/16", 1);
        assertThat(OverlayEntries.wanted(one, Specs.peers(VPC, "192.0.2.7", Specs.nic(VPC, 1, 9, null))))
                .isEqualTo(NOTHING);
    }

    @Test
    void whatIsThereAsWantedIsNotTouchedAndTheRestIsPutRight() {
        var there = OverlayEntries.there(
                SUBNETS,
                List.of(
                        "6a:01:02:03:04:05 dev " + PORT + " vlan 1 master " + BRIDGE + " permanent",
                        "6a:01:02:03:04:05 dev " + PORT + " master " + BRIDGE + " permanent",
                        "02:ca:00:00:10:09 dev " + PORT + " master " + BRIDGE + " static",
                        "02:ca:00:00:10:09 dev " + PORT + " dst 192.0.2.7 self permanent",
                        "02:ca:00:00:10:09 dev vxlan7 dst 192.0.2.9 self permanent",
                        "02:ff:00:00:00:01 dev cftv12345678 master " + BRIDGE + " static",
                        "33:33:00:00:00:01 dev eth0 self permanent"),
                List.of(
                        "10.1.0.9 dev " + BRIDGE + " lladdr 02:ca:00:00:10:09 PERMANENT",
                        "192.0.2.2 dev eth0 lladdr 02:00:00:00:00:07 PERMANENT"),
                List.of("10.1.0.9 dev " + GATEWAY + " lladdr 02:ca:00:00:10:09 PERMANENT"));
        var wanted = OverlayEntries.wanted(VPC, PEERS);
        assertThat(wanted).isEqualTo(there);
        assertThat(wanted.bridging(there)).isEmpty();
        assertThat(wanted.answering(there)).isEmpty();
        assertThat(wanted.routing(there)).isEmpty();

        var moved = OverlayEntries.wanted(VPC, Specs.peers(VPC, "192.0.2.8", Specs.nic(VPC, 0, 9, null)));
        assertThat(moved.bridging(there))
                .containsExactly("fdb replace 02:ca:00:00:10:09 dev " + PORT + " dst 192.0.2.8 self permanent");

        assertThat(NOTHING.bridging(there))
                .containsExactly(
                        "fdb delete 02:ca:00:00:10:09 dev " + PORT + " master static",
                        "fdb delete 02:ca:00:00:10:09 dev " + PORT + " dst 192.0.2.7 self permanent");
        assertThat(NOTHING.answering(there)).containsExactly("neigh delete 10.1.0.9 dev " + BRIDGE);
        assertThat(NOTHING.routing(there)).containsExactly("neigh delete 10.1.0.9 dev " + GATEWAY);
    }
}
