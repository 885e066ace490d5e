package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names the instances that one launch request made ({@code r-...}). */
public record ReservationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public ReservationId {
        ResourceId.require(ResourceType.RESERVATION, value);
    }

    /** A new id. */
    public static ReservationId random(RandomGenerator random) {
        return new ReservationId(ResourceId.draw(ResourceType.RESERVATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.RESERVATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
