package io.croft.controller.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A happening with its time.
 *
 * @param lasted from the entry before; zero for the first
 */
public record HistoryEntry(Instant at, String event, String detail, Duration lasted) {}
