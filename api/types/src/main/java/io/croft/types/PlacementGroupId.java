package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a placement group ({@code pg-...}). */
public record PlacementGroupId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public PlacementGroupId {
        ResourceId.require(ResourceType.PLACEMENT_GROUP, value);
    }

    /** A new id. */
    public static PlacementGroupId random(RandomGenerator random) {
        return new PlacementGroupId(ResourceId.draw(ResourceType.PLACEMENT_GROUP, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.PLACEMENT_GROUP;
    }

    @Override
    public String toString() {
        return value;
    }
}
