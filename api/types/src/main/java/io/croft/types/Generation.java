package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How many times the controller has changed what it wants of a resource, from 1, behind the {@link Era} in which it did. Only the controller raises it; an agent
 * refuses an older one, and the same one with other content.
 */
public record Generation(@JsonValue long value) implements Comparable<Generation> {
    public static final Generation FIRST = new Generation(1);

    @JsonCreator
    public Generation {
        if (value < 1) {
            throw new IllegalArgumentException("a generation is at least 1: " + value);
        }
    }

    public Generation next() {
        return new Generation(value + 1);
    }

    public Era era() {
        return Era.of(value);
    }

    public boolean olderThan(Generation other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Generation other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
