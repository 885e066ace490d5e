package io.croft.agent.network;

import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Underlay;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The VPCs' network on this host. Calls block and throw {@link NetworkException}. */
public interface HostNetwork {
    /** The VPCs that stand here, also half. */
    List<VpcId> vpcs();

    /** The interfaces that have a tap here. */
    List<NetworkInterfaceId> ports();

    /**
     * Asks the guest behind each interface, by ARP for its primary address, whether it is there, and waits for at most half a second.
     *
     * @return whether it answered, for each interface that could be asked
     */
    Map<NetworkInterfaceId, Boolean> answering();

    /** Makes the VPC stand as wanted: bridges, router namespace, DHCP, DNS, metadata address, the way out. */
    void ensureVpc(VpcSpec spec);

    /** Takes the VPC down. Does nothing when it is absent; refuses while a tap is left in it. */
    void removeVpc(VpcId id);

    /** By what this host reaches others; empty where VPCs end at the host. */
    Optional<Underlay> underlay();

    /** What the operator has to know of the underlay, one sentence each. */
    List<String> warnings();

    /** The VPCs that reach other hosts from here, also by half. */
    List<VpcId> overlays();

    /** Makes the VPC's interfaces on other hosts reachable from here, and those here from there, as wanted. The VPC must stand and the firewall must know the other hosts. */
    void ensurePeers(VpcSpec vpc, VpcPeersSpec peers);

    /** Makes the VPC end at this host. Does nothing when it does. */
    void removePeers(VpcId id);

    /** The port that {@link #plug} makes for the interface: its name is derived from the id, so that the firewall can be there first. */
    Port port(InterfaceSpec spec);

    /** Makes the tap, its lease, its name and its public address, as wanted. The firewall's chains must be in force. */
    Port plug(VpcSpec vpc, InterfaceSpec spec);

    /** Removes the tap and all that belongs to it. Does nothing when it is absent. */
    void unplug(NetworkInterfaceId id);
}
