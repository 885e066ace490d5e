package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a route table ({@code rtb-...}). */
public record RouteTableId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public RouteTableId {
        ResourceId.require(ResourceType.ROUTE_TABLE, value);
    }

    /** A new id. */
    public static RouteTableId random(RandomGenerator random) {
        return new RouteTableId(ResourceId.draw(ResourceType.ROUTE_TABLE, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.ROUTE_TABLE;
    }

    @Override
    public String toString() {
        return value;
    }
}
