package io.croft.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import org.junit.jupiter.api.Test;

/** What every {@link MetadataService} does. */
public abstract class MetadataServiceContractIT {
    protected static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 1);
    protected static final VpcSpec TWIN = Specs.vpc(2, "10.1.0.0/16", 1);

    /** The network of the host. */
    protected abstract HostNetwork network();

    /** A service on that host. */
    protected abstract MetadataService service();

    @Test
    void listensInEachVpcThatItIsAskedFor() {
        network().ensureVpc(VPC);
        network().ensureVpc(TWIN);
        service().serve(VPC.id());
        service().serve(VPC.id());
        assertThat(service().serving()).containsExactly(VPC.id());
        service().serve(TWIN.id());
        assertThat(service().serving()).containsExactlyInAnyOrder(VPC.id(), TWIN.id());
        service().withdraw(VPC.id());
        service().withdraw(VPC.id());
        assertThat(service().serving()).containsExactly(TWIN.id());
        service().serve(VPC.id());
        assertThat(service().serving()).contains(VPC.id());
    }

    @Test
    void needsTheVpcToStand() {
        assertThatThrownBy(() -> service().serve(VPC.id())).isInstanceOf(NetworkException.class);
        assertThat(service().serving()).isEmpty();
    }

    @Test
    void endsWhenItIsClosed() {
        network().ensureVpc(VPC);
        service().serve(VPC.id());
        service().close();
        assertThat(service().serving()).isEmpty();
    }
}
