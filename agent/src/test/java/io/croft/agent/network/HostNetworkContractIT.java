package io.croft.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.VpcSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link HostNetwork} does. */
public abstract class HostNetworkContractIT {
    protected static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);

    /** The network of a host that has nothing on it yet, the same for one test. */
    protected abstract HostNetwork network();

    /** The network as the next agent on the host sees it. */
    protected abstract HostNetwork afterRestart();

    @Test
    void aVpcStandsOnceItIsWanted() {
        assertThat(network().vpcs()).isEmpty();
        network().ensureVpc(VPC);
        network().ensureVpc(VPC);
        assertThat(network().vpcs()).containsExactly(VPC.id());
    }

    @Test
    void aPortIsKnownBeforeItIsMade() {
        var nic = Specs.nic(VPC, 0, 5, null);
        var before = network().port(nic);
        network().ensureVpc(VPC);
        assertThat(network().plug(VPC, nic)).isEqualTo(before);
        assertThat(before.tap()).startsWith("cftt").hasSize(12);
        assertThat(before.bridge()).startsWith("cftb").hasSize(12);
    }

    @Test
    void plugsAsOftenAsAsked() {
        network().ensureVpc(VPC);
        var first = Specs.nic(VPC, 0, 5, null);
        var second = Specs.nic(VPC, 1, 6, null);
        network().plug(VPC, first);
        network().plug(VPC, first);
        network().plug(VPC, second);
        assertThat(network().ports()).containsExactlyInAnyOrder(first.id(), second.id());
        network().unplug(first.id());
        network().unplug(first.id());
        assertThat(network().ports()).containsExactly(second.id());
    }

    @Test
    void anInterfaceNeedsItsVpc() {
        assertThatThrownBy(() -> network().plug(VPC, Specs.nic(VPC, 0, 5, null)))
                .isInstanceOf(NetworkException.class);
        assertThat(network().ports()).isEmpty();
    }

    @Test
    void aVpcWithATapStays() {
        network().ensureVpc(VPC);
        var nic = Specs.nic(VPC, 0, 5, null);
        network().plug(VPC, nic);
        assertThatThrownBy(() -> network().removeVpc(VPC.id())).isInstanceOf(NetworkException.class);
        network().unplug(nic.id());
        network().removeVpc(VPC.id());
        network().removeVpc(VPC.id());
        assertThat(network().vpcs()).isEmpty();
    }

    /** As often as asked, and by the next agent; a VPC takes its ways with it. */
    @Test
    void aVpcReachesOtherHostsAsLongAsItIsWanted() {
        assertThatThrownBy(() -> network().ensurePeers(VPC, Specs.peers(VPC, "192.0.2.2", Specs.nic(VPC, 1, 9, null))))
                .isInstanceOf(NetworkException.class);
        network().ensureVpc(VPC);
        assertThat(network().overlays()).isEmpty();
        network().removePeers(VPC.id());
        for (var peers : List.of(
                Specs.peers(VPC, "192.0.2.2", Specs.nic(VPC, 1, 9, null)),
                Specs.peers(VPC, "192.0.2.2", Specs.nic(VPC, 1, 9, null)),
                Specs.peers(VPC, "192.0.2.3", Specs.nic(VPC, 1, 9, null), Specs.nic(VPC, 0, 8, null)))) {
            network().ensurePeers(VPC, peers);
        }
        assertThat(network().overlays()).containsExactly(VPC.id());
        assertThat(afterRestart().overlays()).containsExactly(VPC.id());
        afterRestart().removePeers(VPC.id());
        network().removePeers(VPC.id());
        assertThat(network().overlays()).isEmpty();
        network().ensurePeers(VPC, Specs.peers(VPC, "192.0.2.2", Specs.nic(VPC, 1, 9, null)));
        network().removeVpc(VPC.id());
        assertThat(network().overlays()).isEmpty();
        assertThat(network().vpcs()).isEmpty();
    }

    @Test
    void theNextAgentTakesOver() {
        network().ensureVpc(VPC);
        var nic = Specs.nic(VPC, 0, 5, null);
        network().plug(VPC, nic);
        var next = afterRestart();
        assertThat(next.vpcs()).containsExactly(VPC.id());
        assertThat(next.ports()).containsExactly(nic.id());
        next.ensureVpc(VPC);
        next.unplug(nic.id());
        next.removeVpc(VPC.id());
        assertThat(next.vpcs()).isEmpty();
        assertThat(next.ports()).isEmpty();
    }
}
