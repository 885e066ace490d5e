package io.croft.controller.fleet;

import io.croft.protocol.HostFacts;
import io.croft.types.HostId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host as the controller knows it.
 *
 * @param facts what it last said of itself; null before its first full report
 * @param capacity what can be promised of it: its facts less the reserve, times the over-commit
 * @param claimed what is promised
 * @param lastHeard when it last reported; null when it never has
 * @param clockSkew how far its clock was ahead of the controller's at its last full report, the way here included; null when it has not told its time
 * @param cordon why the operator lets it take no new instances; null when it may
 * @param fence how often it was proved dead
 * @param passed the fence that it said it has passed; one behind this counts as returning
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
        @Nullable Instant lastHeard,
        @Nullable Duration clockSkew,
        @Nullable String cordon,
        long fence,
        long passed) {
    /** Whether nothing can be expected of it for now. */
    public boolean away() {
        return switch (state) {
            case UNREACHABLE, DEAD -> true;
            case ENROLLED, READY, SUSPECT, RETURNING -> false;
        };
    }

    /** What can still be promised. */
    public Resources free() {
        return capacity.minus(claimed);
    }
}
