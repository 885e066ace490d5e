package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names an elastic address ({@code eipalloc-...}). */
public record ElasticIpId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public ElasticIpId {
        ResourceId.require(ResourceType.ELASTIC_IP, value);
    }

    /** A new id. */
    public static ElasticIpId random(RandomGenerator random) {
        return new ElasticIpId(ResourceId.draw(ResourceType.ELASTIC_IP, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.ELASTIC_IP;
    }

    @Override
    public String toString() {
        return value;
    }
}
