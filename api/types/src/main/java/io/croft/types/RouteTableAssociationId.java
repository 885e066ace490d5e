package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a route table's association ({@code rtbassoc-...}). */
public record RouteTableAssociationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public RouteTableAssociationId {
        ResourceId.require(ResourceType.ROUTE_TABLE_ASSOCIATION, value);
    }

    /** A new id. */
    public static RouteTableAssociationId random(RandomGenerator random) {
        return new RouteTableAssociationId(ResourceId.draw(ResourceType.ROUTE_TABLE_ASSOCIATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.ROUTE_TABLE_ASSOCIATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
