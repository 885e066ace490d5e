package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a virtual private cloud ({@code vpc-...}). */
public record VpcId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public VpcId {
        ResourceId.require(ResourceType.VPC, value);
    }

    /** A new id. */
    public static VpcId random(RandomGenerator random) {
        return new VpcId(ResourceId.draw(ResourceType.VPC, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.VPC;
    }

    @Override
    public String toString() {
        return value;
    }
}
