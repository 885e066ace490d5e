package io.croft.rest;

import java.util.List;

/**
 * Where the time went until an instance ran.
 *
 * @param reached when everybody could see that it did
 * @param steps in their order, the whole last
 */
public record TimedCourse(String reached, List<TimedStep> steps) {
    public TimedCourse {
        steps = List.copyOf(steps);
    }
}
