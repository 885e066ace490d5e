package io.croft.controller.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a resource.
 *
 * @param began null when the history has no beginning of it
 * @param ended null while it lasts
 * @param next the event that ended it; null while it lasts
 */
public record Phase(
        @Nullable Instant began,
        @Nullable Instant ended,
        @Nullable String next) {}
