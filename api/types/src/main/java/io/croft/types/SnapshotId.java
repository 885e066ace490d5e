package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a snapshot ({@code snap-...}). */
public record SnapshotId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public SnapshotId {
        ResourceId.require(ResourceType.SNAPSHOT, value);
    }

    /** A new id. */
    public static SnapshotId random(RandomGenerator random) {
        return new SnapshotId(ResourceId.draw(ResourceType.SNAPSHOT, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.SNAPSHOT;
    }

    @Override
    public String toString() {
        return value;
    }
}
