package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

/** Names one attachment of an interface to an instance ({@code eni-attach-...}). */
public record InterfaceAttachmentId(@JsonValue String value) implements ResourceId {
    /**
     * Takes {@code value} as it is.
     *
     * @throws MalformedIdException when it is no id of this type
     */
    @JsonCreator
    public InterfaceAttachmentId {
        ResourceId.require(ResourceType.NETWORK_INTERFACE_ATTACHMENT, value);
    }

    /** A new id. */
    public static InterfaceAttachmentId random(RandomGenerator random) {
        return new InterfaceAttachmentId(ResourceId.draw(ResourceType.NETWORK_INTERFACE_ATTACHMENT, random));
    }

    @Override
    public ResourceType type() {
        return ResourceType.NETWORK_INTERFACE_ATTACHMENT;
    }

    @Override
    public String toString() {
        return value;
    }
}
