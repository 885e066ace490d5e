package io.croft.agent.reconcile.kinds;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a guest that goes on from a saved memory. Its agent may need a while until it answers, as on a busy host; one that has none is left to its own ways after some tries.
 *
 * @param refusals how often the guest was asked to put it right and did not
 * @param last when it was last asked
 * @param right whether it did
 */
record LateClock(int refusals, Instant last, boolean right) {
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int MOST = 6;

    /** The guest is being asked. */
    static LateClock asked(@Nullable LateClock before, Instant now) {
        return new LateClock(before == null ? 0 : before.refusals, now, false);
    }

    LateClock answered(boolean taken) {
        return new LateClock(taken ? refusals : refusals + 1, last, taken);
    }

    /** Whether the guest is to be asked again. */
    boolean due(Instant now) {
        return !right && refusals < MOST && !now.isBefore(last.plus(AGAIN));
    }
}
