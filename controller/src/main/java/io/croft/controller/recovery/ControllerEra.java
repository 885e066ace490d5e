package io.croft.controller.recovery;

import io.croft.types.Era;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the controller stands.
 *
 * @param reason why it reconciles, one sentence; null while it serves
 * @param since since when; null while it serves
 */
public record ControllerEra(
        Era era,
        ControllerState state,
        @Nullable String reason,
        @Nullable Instant since) {
    public boolean reconciles() {
        return state == ControllerState.RECONCILING;
    }
}
