package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names an elastic address's association ({@code eipassoc-...}). */
public record ElasticIpAssociationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public ElasticIpAssociationId {
        ResourceId.require(ResourceType.ELASTIC_IP_ASSOCIATION, value);
    }

    /** A new id. */
    public static ElasticIpAssociationId random(RandomGenerator random) {
        return new ElasticIpAssociationId(ResourceId.draw(ResourceType.ELASTIC_IP_ASSOCIATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.ELASTIC_IP_ASSOCIATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
