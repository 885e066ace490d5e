package io.croft.agent.network.linux;

import io.croft.protocol.InterfaceSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SubnetId;
import org.jspecify.annotations.Nullable;

/** What was made, or is being made, for an interface: enough to take all of it away again. */
record PortRecord(
        NetworkInterfaceId id,
        SubnetId subnet,
        String mac,
        String address,
        @Nullable String publicAddress) {
    static PortRecord of(InterfaceSpec spec) {
        return new PortRecord(
                spec.id(), spec.subnet(), spec.mac(), spec.addresses().getFirst(), spec.publicAddress());
    }
}
