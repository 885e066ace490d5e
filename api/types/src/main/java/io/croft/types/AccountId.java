package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An account's number: twelve decimal digits, leading zeros kept. */
public record AccountId(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{12}");

    @JsonCreator
    public AccountId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("an account id has twelve digits: \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
