package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names one verb that a host is asked to carry out once, such as a reboot ({@code op-...}). */
public record OperationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public OperationId {
        ResourceId.require(ResourceType.OPERATION, value);
    }

    /** A new id. */
    public static OperationId random(RandomGenerator random) {
        return new OperationId(ResourceId.draw(ResourceType.OPERATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.OPERATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
