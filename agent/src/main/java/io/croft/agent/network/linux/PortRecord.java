package io.croft.agent.network.linux;

import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SubnetId;
import org.jspecify.annotations.Nullable;

/**
 * What was made, or is being made, for an interface: enough to take all of it away again.
 *
 * @param shut whether nothing leaves the VPC from its subnet, so that its public address is not answered for; null from an agent that answered for all
 */
record PortRecord(
        NetworkInterfaceId id,
        SubnetId subnet,
        String mac,
        String address,
        @Nullable String publicAddress,
        @Nullable Boolean shut) {
    static PortRecord of(InterfaceSpec spec, VpcSpec vpc) {
        return new PortRecord(
                        spec.id(), spec.subnet(), spec.mac(), spec.addresses().getFirst(), spec.publicAddress(), null)
                .in(vpc);
    }

    /** The same in the VPC as it is now. */
    PortRecord in(VpcSpec vpc) {
        return new PortRecord(id, subnet, mac, address, publicAddress, !vpc.leaves(subnet));
    }

    /** The public address that is answered for; null for none. */
    @Nullable
    String openAddress() {
        return Boolean.TRUE.equals(shut) ? null : publicAddress;
    }
}
