package io.croft.agent.reconcile;

import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;

/** A resource is not as wanted any more by itself. It is made so again later, and later each time, as after an action that failed. */
public record Setback(HostDocument document, Failure failure) {}
