package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names one rule of a security group ({@code sgr-...}). */
public record SecurityGroupRuleId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public SecurityGroupRuleId {
        ResourceId.require(ResourceType.SECURITY_GROUP_RULE, value);
    }

    /** A new id. */
    public static SecurityGroupRuleId random(RandomGenerator random) {
        return new SecurityGroupRuleId(ResourceId.draw(ResourceType.SECURITY_GROUP_RULE, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.SECURITY_GROUP_RULE;
    }

    @Override
    public String toString() {
        return value;
    }
}
