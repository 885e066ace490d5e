package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a subnet ({@code subnet-...}). */
public record SubnetId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public SubnetId {
        ResourceId.require(ResourceType.SUBNET, value);
    }

    /** A new id. */
    public static SubnetId random(RandomGenerator random) {
        return new SubnetId(ResourceId.draw(ResourceType.SUBNET, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.SUBNET;
    }

    @Override
    public String toString() {
        return value;
    }
}
