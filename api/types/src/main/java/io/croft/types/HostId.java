package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a hypervisor host; the agent draws it once and keeps it in its identity ({@code host-...}). */
public record HostId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public HostId {
        ResourceId.require(ResourceType.HOST, value);
    }

    /** A new id. */
    public static HostId random(RandomGenerator random) {
        return new HostId(ResourceId.draw(ResourceType.HOST, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.HOST;
    }

    @Override
    public String toString() {
        return value;
    }
}
