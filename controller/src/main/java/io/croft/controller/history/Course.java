package io.croft.controller.history;

import io.croft.types.AccountId;
import java.time.Instant;
import java.util.List;

/**
 * Where the time went until a resource had come where it was to be.
 *
 * @param reached when it had
 * @param steps in the order in which they began
 */
public record Course(AccountId account, String resourceId, Instant reached, List<Step> steps) {
    public Course {
        steps = List.copyOf(steps);
    }
}
