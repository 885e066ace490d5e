package io.croft.agent.firewall;

import io.croft.protocol.SecurityGroupSpec;
import java.util.List;

/**
 * All that this host filters.
 *
 * @param groups every security group that a port names or a rule of theirs names
 * @param ports every port, plugged or about to be
 */
public record FirewallSpec(List<SecurityGroupSpec> groups, List<FirewallPort> ports) {
    public FirewallSpec {
        groups = List.copyOf(groups);
        ports = List.copyOf(ports);
    }
}
