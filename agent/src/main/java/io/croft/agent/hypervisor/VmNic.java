package io.croft.agent.hypervisor;

import io.croft.types.NetworkInterfaceId;

/**
 * A machine's network card on a tap that the network driver made.
 *
 * @param tap the tap's name on the host
 * @param mtu in bytes
 */
public record VmNic(NetworkInterfaceId id, String mac, String tap, int mtu) {}
