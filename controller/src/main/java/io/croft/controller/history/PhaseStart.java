package io.croft.controller.history;

import java.time.Instant;

/**
 * Where a phase of a resource is looked for.
 *
 * @param event what it begins with
 * @param since no earlier than this
 */
public record PhaseStart(String resourceId, String event, Instant since) {}
