package io.croft.agent.firewall;

import io.croft.agent.network.Port;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;

/**
 * An interface and its place on this host.
 *
 * @param vpc the VPC that it is in: its bridges share one connection tracking zone, its resolvers are always reachable
 */
public record FirewallPort(InterfaceSpec spec, Port port, VpcSpec vpc) {}
