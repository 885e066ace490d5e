package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a key pair ({@code key-...}). */
public record KeyPairId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public KeyPairId {
        ResourceId.require(ResourceType.KEY_PAIR, value);
    }

    /** A new id. */
    public static KeyPairId random(RandomGenerator random) {
        return new KeyPairId(ResourceId.draw(ResourceType.KEY_PAIR, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.KEY_PAIR;
    }

    @Override
    public String toString() {
        return value;
    }
}
