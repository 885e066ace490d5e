package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a capacity reservation ({@code cr-...}). */
public record CapacityReservationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public CapacityReservationId {
        ResourceId.require(ResourceType.CAPACITY_RESERVATION, value);
    }

    /** A new id. */
    public static CapacityReservationId random(RandomGenerator random) {
        return new CapacityReservationId(ResourceId.draw(ResourceType.CAPACITY_RESERVATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.CAPACITY_RESERVATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
