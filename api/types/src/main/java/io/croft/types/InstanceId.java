package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names an instance for all its life, across stops and hosts ({@code i-...}). */
public record InstanceId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public InstanceId {
        ResourceId.require(ResourceType.INSTANCE, value);
    }

    /** A new id. */
    public static InstanceId random(RandomGenerator random) {
        return new InstanceId(ResourceId.draw(ResourceType.INSTANCE, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.INSTANCE;
    }

    @Override
    public String toString() {
        return value;
    }
}
