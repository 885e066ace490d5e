package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a network interface ({@code eni-...}). */
public record NetworkInterfaceId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public NetworkInterfaceId {
        ResourceId.require(ResourceType.NETWORK_INTERFACE, value);
    }

    /** A new id. */
    public static NetworkInterfaceId random(RandomGenerator random) {
        return new NetworkInterfaceId(ResourceId.draw(ResourceType.NETWORK_INTERFACE, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.NETWORK_INTERFACE;
    }

    @Override
    public String toString() {
        return value;
    }
}
