package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names the association of a block with a VPC ({@code vpc-cidr-assoc-...}). */
public record VpcCidrAssociationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public VpcCidrAssociationId {
        ResourceId.require(ResourceType.VPC_CIDR_ASSOCIATION, value);
    }

    /** A new id. */
    public static VpcCidrAssociationId random(RandomGenerator random) {
        return new VpcCidrAssociationId(ResourceId.draw(ResourceType.VPC_CIDR_ASSOCIATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.VPC_CIDR_ASSOCIATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
