package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.croft.types.Generation;

/**
 * What the controller wants of one resource on one host. A document replaces the one of the same kind and id when its generation is
 * higher; with {@link Presence#ABSENT} it is the tombstone, the only ground on which an agent removes anything.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = VpcSpec.class, name = "vpc"),
    @JsonSubTypes.Type(value = SecurityGroupSpec.class, name = "security-group"),
    @JsonSubTypes.Type(value = VpcPeersSpec.class, name = "vpc-peers"),
    @JsonSubTypes.Type(value = InterfaceSpec.class, name = "interface"),
    @JsonSubTypes.Type(value = VolumeSpec.class, name = "volume"),
    @JsonSubTypes.Type(value = InstanceSpec.class, name = "instance"),
    @JsonSubTypes.Type(value = SnapshotSpec.class, name = "snapshot"),
    @JsonSubTypes.Type(value = OperationSpec.class, name = "operation")
})
public sealed interface HostDocument
        permits VpcSpec,
                SecurityGroupSpec,
                VpcPeersSpec,
                InterfaceSpec,
                VolumeSpec,
                InstanceSpec,
                SnapshotSpec,
                OperationSpec {
    Generation generation();

    Presence presence();

    /** The kind and id under which this document is stored, reported and settled. */
    @JsonIgnore
    DocumentKey key();
}
