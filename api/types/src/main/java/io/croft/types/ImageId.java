package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a machine image ({@code ami-...}). */
public record ImageId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public ImageId {
        ResourceId.require(ResourceType.IMAGE, value);
    }

    /** A new id. */
    public static ImageId random(RandomGenerator random) {
        return new ImageId(ResourceId.draw(ResourceType.IMAGE, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.IMAGE;
    }

    @Override
    public String toString() {
        return value;
    }
}
