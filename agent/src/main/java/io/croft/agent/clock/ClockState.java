package io.croft.agent.clock;

import java.time.Duration;

/**
 * What the kernel says of its clock.
 *
 * @param synchronised whether a time service keeps it
 * @param leap what the day's last minute will be like
 * @param maximumError how wrong it may be, as far as the time service that keeps it knows
 */
public record ClockState(boolean synchronised, Leap leap, Duration maximumError) {
    /** The leap second to come. */
    public enum Leap {
        NONE,
        INSERT,
        DELETE
    }
}
