package io.croft.e2e;

import java.util.List;

/**
 * A program that has ended.
 *
 * @param exit its exit code; 137 when it was killed at its deadline
 */
public record Outcome(List<String> argv, int exit, String output, String errors) {
    public Outcome {
        argv = List.copyOf(argv);
    }

    public boolean succeeded() {
        return exit == 0;
    }

    /** Its output, if it succeeded; throws with all it said otherwise. */
    public String require() {
        if (exit != 0) {
            throw new IllegalStateException(
                    "%s ended with %d%n%s%s".formatted(String.join(" ", argv), exit, output, errors));
        }
        return output;
    }
}
