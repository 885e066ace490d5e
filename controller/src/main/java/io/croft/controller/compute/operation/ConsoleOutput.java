package io.croft.controller.compute.operation;

import io.croft.types.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an instance wrote to its serial console.
 *
 * @param read when it was read from the host
 * @param output base64 of the last 64 KiB at most; null when there is none
 */
public record ConsoleOutput(
        InstanceId id, Instant read, @Nullable String output) {}
