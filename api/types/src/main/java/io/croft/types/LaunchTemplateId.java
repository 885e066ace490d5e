package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a launch template ({@code lt-...}). */
public record LaunchTemplateId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public LaunchTemplateId {
        ResourceId.require(ResourceType.LAUNCH_TEMPLATE, value);
    }

    /** A new id. */
    public static LaunchTemplateId random(RandomGenerator random) {
        return new LaunchTemplateId(ResourceId.draw(ResourceType.LAUNCH_TEMPLATE, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.LAUNCH_TEMPLATE;
    }

    @Override
    public String toString() {
        return value;
    }
}
