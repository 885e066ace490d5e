package io.croft.agent.network;

/**
 * An interface's place on a bridge.
 *
 * @param tap its tap's name, at most 15 characters
 * @param bridge its subnet's bridge
 * @param mtu in bytes
 */
public record Port(String tap, String bridge, int mtu) {}
