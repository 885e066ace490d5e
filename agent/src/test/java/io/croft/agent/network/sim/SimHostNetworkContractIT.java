package io.croft.agent.network.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.HostNetworkContractIT;

final class SimHostNetworkContractIT extends HostNetworkContractIT {
    private final SimHostNetwork network = new SimHostNetwork(new Faults());

    @Override
    protected HostNetwork network() {
        return network;
    }

    @Override
    protected HostNetwork afterRestart() {
        return network;
    }
}
