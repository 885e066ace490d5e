package io.croft.agent.reconcile;

import io.croft.protocol.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** One thing to do on this host, the same if done twice. Which there are, each kind of document says by records of its own. */
public interface HostAction {
    Lane lane();

    /** What shares one limit of how many run at once. */
    Crew crew();

    /** Does it through the drivers, on a thread of its lane; blocks as long as they do and throws what they throw. */
    Outcome call(HostDrivers drivers, InstantSource clock);

    /** What {@code thrown} by its driver means; empty for what no driver should throw. */
    Optional<Failure> failure(Throwable thrown);

    /** The name under which it is told and counted. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** How long a driver may take before its call counts as stuck. */
    default Duration deadline() {
        return Duration.ofMinutes(1);
    }

    /** How long its call takes before it counts as one that waits. */
    default Duration patience() {
        return deadline().dividedBy(6);
    }

    /** Whether it may be begun only while the ledger can be written, since what went before it must be known. */
    default boolean needsLedger() {
        return false;
    }
}
