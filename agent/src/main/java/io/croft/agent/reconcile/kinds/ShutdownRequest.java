package io.croft.agent.reconcile.kinds;

import java.time.Instant;

/**
 * A guest was asked to power off.
 *
 * @param first when it was asked first, from which its grace counts
 * @param last when it was asked last
 */
record ShutdownRequest(Instant first, Instant last) {
    ShutdownRequest again(Instant now) {
        return new ShutdownRequest(first, now);
    }
}
