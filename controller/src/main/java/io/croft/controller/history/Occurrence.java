package io.croft.controller.history;

import java.time.Instant;

/** A happening and when it was noted. */
public record Occurrence(Instant at, Happening happening) {}
