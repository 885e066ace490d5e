package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a volume ({@code vol-...}). */
public record VolumeId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public VolumeId {
        ResourceId.require(ResourceType.VOLUME, value);
    }

    /** A new id. */
    public static VolumeId random(RandomGenerator random) {
        return new VolumeId(ResourceId.draw(ResourceType.VOLUME, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.VOLUME;
    }

    @Override
    public String toString() {
        return value;
    }
}
