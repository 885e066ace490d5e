package io.croft.controller.compute.operation;

import java.time.Instant;

/**
 * The beginning of something that takes instances a while.
 *
 * @param target the reservation of a launch, else the instance
 * @param began when the instance's state changed for it
 */
public record InstanceOperation(OperationKind kind, String target, Instant began) {}
