package io.croft.agent.reconcile.kinds;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A guest was asked to let go of a volume. One that does not is asked ever more seldom, but never left alone: an administrator may unmount the volume at any time.
 *
 * @param times how often it was
 * @param last when it was last
 */
record UnplugRequest(int times, Instant last) {
    /** A guest that is asked again too early takes it back: the button of a PCI slot works so. */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private static final Duration SELDOM = Duration.ofMinutes(2);
    private static final int SOON = 8;

    /** The guest is being asked. */
    static UnplugRequest asked(@Nullable UnplugRequest before, Instant now) {
        return new UnplugRequest(before == null ? 1 : before.times + 1, now);
    }

    /** Whether the guest is to be asked again. */
    boolean due(Instant now) {
        return !now.isBefore(last.plus(times < SOON ? AGAIN : SELDOM));
    }
}
