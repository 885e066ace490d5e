package io.croft.controller.fleet;

import io.croft.protocol.HostFacts;
import io.croft.types.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host as the controller knows it.
 *
 * @param facts what it last said of itself; null before its first full report
 * @param capacity what can be promised of it: its facts less the reserve, times the over-commit
 * @param claimed what is promised
 * @param lastHeard when it last reported; null when it never has
 */
public record HostView(
        HostId id,
        String name,
        String zone,
        HostState state,
        @Nullable HostFacts facts,
        Resources capacity,
        Resources claimed,
        Instant enrolled,
        @Nullable Instant lastHeard) {
    /** What can still be promised. */
    public Resources free() {
        return capacity.minus(claimed);
    }
}
