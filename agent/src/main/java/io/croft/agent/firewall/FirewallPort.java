package io.croft.agent.firewall;

import io.croft.agent.network.Port;
import io.croft.protocol.InterfaceSpec;

/** An interface and its place on this host. */
public record FirewallPort(InterfaceSpec spec, Port port) {}
