package io.croft.controller.compute.operation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes instances a while, and how far it is.
 *
 * @param id what it is found by again
 * @param targets the ids of the instances that it is about
 * @param progress percent of the targets with which it is through
 * @param reason why it failed, or why one of its targets did, as the tenant may know it; null when there is nothing to tell
 * @param started when it was asked for
 * @param finished when the last target was through; null while it runs
 */
public record OperationView(
        String id,
        OperationKind kind,
        List<String> targets,
        State state,
        int progress,
        @Nullable String reason,
        Instant started,
        @Nullable Instant finished) {
    public OperationView {
        targets = List.copyOf(targets);
    }

    /** How it goes. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
