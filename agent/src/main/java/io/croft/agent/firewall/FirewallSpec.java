package io.croft.agent.firewall;

import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcPeersSpec;
import java.util.List;

/**
 * All that this host filters.
 *
 * @param groups every security group that a port names or a rule of theirs names
 * @param ports every port, plugged or about to be
 * @param peers the VPCs' interfaces on other hosts: members of groups, and the hosts from which alone something comes in for the VPCs
 */
public record FirewallSpec(List<SecurityGroupSpec> groups, List<FirewallPort> ports, List<VpcPeersSpec> peers) {
    public FirewallSpec {
        groups = List.copyOf(groups);
        ports = List.copyOf(ports);
        peers = List.copyOf(peers);
    }

    /** All that a host filters whose VPCs end at it. */
    public FirewallSpec(List<SecurityGroupSpec> groups, List<FirewallPort> ports) {
        this(groups, ports, List.of());
    }
}
