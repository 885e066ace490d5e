package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.protocol.PauseReason;
import java.time.Duration;
import java.time.Instant;

/**
 * A machine found paused, and what has been done about it. What can be done is decided by the reason alone, in {@link #remedy}.
 *
 * @param since when it was first seen paused for this reason
 * @param tries how often its remedy was tried since
 * @param last when it was last tried
 */
record Pause(PauseReason reason, Instant since, int tries, Instant last) {
    /** How long a start may stay on its way before it is taken for one that nobody carries on. */
    private static final Duration STARTED = Duration.ofSeconds(15);

    private static final Duration RETRIED = Duration.ofSeconds(10);
    private static final int LONGEST = 5;

    /** What the agent does about a paused machine that is to run. */
    enum Remedy {
        /** Its start is given up, and it is started anew. */
        ABANDON_START,
        /** It is let go on: what held it may have passed. */
        RESUME,
        /** Nothing: it goes on when whoever paused it says so, and its tenant may reboot it, or stop and start it. */
        NONE
    }

    static Remedy remedy(PauseReason reason) {
        return switch (reason) {
            case STARTING -> Remedy.ABANDON_START;
            case IO_ERROR, SAVING -> Remedy.RESUME;
            // One that was moved may run elsewhere: going on here, too, would spoil its disks.
            case MIGRATION, MIGRATION_FAILED -> Remedy.NONE;
            case BY_USER, GUEST_CRASHED, WATCHDOG, GUEST_SLEEPS, UNKNOWN -> Remedy.NONE;
        };
    }

    static Pause seen(PauseReason reason, Instant now) {
        return new Pause(reason, now, 0, now);
    }

    Pause tried(Instant now) {
        return new Pause(reason, since, tries + 1, now);
    }

    /** Whether a machine is as this tells. */
    boolean tells(ObservedVm machine) {
        return reason == machine.paused();
    }

    /** Whether its remedy may be tried, later each time for one that has not helped. */
    boolean due(Remedy wanted, Instant now) {
        if (remedy(reason) != wanted) {
            return false;
        }
        var patience = switch (wanted) {
            case ABANDON_START -> STARTED.multipliedBy(1L << Math.min(tries, LONGEST));
            case RESUME -> tries == 0 ? Duration.ZERO : RETRIED;
            case NONE -> Duration.ZERO;
        };
        return !now.isBefore(last.plus(patience));
    }
}
