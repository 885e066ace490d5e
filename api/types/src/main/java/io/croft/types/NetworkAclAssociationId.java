package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a subnet's association with its network ACL ({@code aclassoc-...}). */
public record NetworkAclAssociationId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public NetworkAclAssociationId {
        ResourceId.require(ResourceType.NETWORK_ACL_ASSOCIATION, value);
    }

    /** A new id. */
    public static NetworkAclAssociationId random(RandomGenerator random) {
        return new NetworkAclAssociationId(ResourceId.draw(ResourceType.NETWORK_ACL_ASSOCIATION, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.NETWORK_ACL_ASSOCIATION;
    }

    @Override
    public String toString() {
        return value;
    }
}
