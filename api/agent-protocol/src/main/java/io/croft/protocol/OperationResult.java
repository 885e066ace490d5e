package io.croft.protocol;

import io.croft.types.OperationId;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended.
 *
 * @param output base64 of what it produced; null when it produces nothing or failed
 * @param failure why it failed; null when it did not
 * @param finished when, ISO-8601
 */
public record OperationResult(
        OperationId id, @Nullable String output, @Nullable Failure failure, String finished) {}
