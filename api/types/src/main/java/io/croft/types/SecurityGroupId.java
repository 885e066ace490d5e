package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a security group ({@code sg-...}). */
public record SecurityGroupId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public SecurityGroupId {
        ResourceId.require(ResourceType.SECURITY_GROUP, value);
    }

    /** A new id. */
    public static SecurityGroupId random(RandomGenerator random) {
        return new SecurityGroupId(ResourceId.draw(ResourceType.SECURITY_GROUP, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.SECURITY_GROUP;
    }

    @Override
    public String toString() {
        return value;
    }
}
