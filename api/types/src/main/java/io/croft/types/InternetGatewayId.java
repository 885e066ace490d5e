package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names an internet gateway ({@code igw-...}). */
public record InternetGatewayId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public InternetGatewayId {
        ResourceId.require(ResourceType.INTERNET_GATEWAY, value);
    }

    /** A new id. */
    public static InternetGatewayId random(RandomGenerator random) {
        return new InternetGatewayId(ResourceId.draw(ResourceType.INTERNET_GATEWAY, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.INTERNET_GATEWAY;
    }

    @Override
    public String toString() {
        return value;
    }
}
