package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names a network ACL ({@code acl-...}). */
public record NetworkAclId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public NetworkAclId {
        ResourceId.require(ResourceType.NETWORK_ACL, value);
    }

    /** A new id. */
    public static NetworkAclId random(RandomGenerator random) {
        return new NetworkAclId(ResourceId.draw(ResourceType.NETWORK_ACL, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.NETWORK_ACL;
    }

    @Override
    public String toString() {
        return value;
    }
}
