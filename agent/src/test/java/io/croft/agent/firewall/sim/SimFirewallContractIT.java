package io.croft.agent.firewall.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallContractIT;

class SimFirewallContractIT extends FirewallContractIT {
    private final SimFirewall firewall = new SimFirewall(new Faults());

    @Override
    protected Firewall firewall() {
        return firewall;
    }

    @Override
    protected Firewall afterRestart() {
        return firewall;
    }
}
