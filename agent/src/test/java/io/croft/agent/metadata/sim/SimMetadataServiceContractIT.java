package io.croft.agent.metadata.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.MetadataServiceContractIT;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.sim.SimHostNetwork;
import java.util.Optional;

class SimMetadataServiceContractIT extends MetadataServiceContractIT {
    private final HostNetwork network = new SimHostNetwork(new Faults());
    private final MetadataService service = new SimMetadataService(network, (_, _) -> Optional.empty(), new Faults());

    @Override
    protected HostNetwork network() {
        return network;
    }

    @Override
    protected MetadataService service() {
        return service;
    }
}
