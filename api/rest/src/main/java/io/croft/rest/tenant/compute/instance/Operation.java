package io.croft.rest.tenant.compute.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes a while, and how far it is.
 *
 * @param kind {@code launch}, {@code start}, {@code stop} or {@code terminate}
 * @param targets the ids of the instances that it is about
 * @param state {@code running}, {@code succeeded} or {@code failed}
 * @param progress percent of the targets with which it is through
 * @param reason why it failed, or why one of its targets did; null when there is nothing to tell
 * @param started when it was asked for
 * @param finished when the last target was through; null while it runs
 */
public record Operation(
        String operationId,
        String kind,
        List<String> targets,
        String state,
        int progress,
        @Nullable String reason,
        String started,
        @Nullable String finished) {
    public Operation {
        targets = List.copyOf(targets);
    }
}
