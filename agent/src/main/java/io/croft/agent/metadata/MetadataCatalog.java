package io.croft.agent.metadata;

import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Optional;

/** What the metadata service answers from: the ledger's view of one instance, found by the address it asks from. */
public interface MetadataCatalog {
    /** The instance whose interface has {@code sourceAddress} in the VPC; empty when there is none. */
    Optional<Guest> find(VpcId vpc, String sourceAddress);

    /**
     * An instance and its network, as documents.
     *
     * @param interfaces all its interfaces in the order of their device indexes
     */
    record Guest(VpcSpec vpc, InstanceSpec instance, List<InterfaceSpec> interfaces) {
        public Guest {
            interfaces = List.copyOf(interfaces);
        }
    }
}
