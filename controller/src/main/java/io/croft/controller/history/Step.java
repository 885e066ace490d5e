package io.croft.controller.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A share of the time that something took.
 *
 * @param where on whose side, or in which lane
 * @param within the step that it is a part of, beside others maybe; null for those that follow one another from beginning to end
 * @param from since the beginning
 */
public record Step(String name, String where, @Nullable String within, Duration from, Duration took) {}
