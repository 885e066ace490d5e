package io.croft.types;

/** A text that cannot be an id of the type it was given as. */
public final class MalformedIdException extends IllegalArgumentException {
    private final ResourceType type;

    public MalformedIdException(ResourceType type, String value) {
        super("Invalid id: \"" + value + "\" (expecting \"" + type.prefix() + "-...\")");
        this.type = type;
    }

    public ResourceType type() {
        return type;
    }
}
