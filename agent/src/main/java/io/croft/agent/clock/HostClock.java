package io.croft.agent.clock;

/** A clock that says how far it can be trusted. */
@FunctionalInterface
public interface HostClock {
    ClockState state();
}
