package io.croft.agent.reconcile;

import io.croft.protocol.Failure;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries actions out through the drivers. Blocks as long as they do. */
final class DriverCalls {
    private static final Logger LOG = LoggerFactory.getLogger(DriverCalls.class);

    private final HostDrivers drivers;
    private final InstantSource clock;

    DriverCalls(HostDrivers drivers, InstantSource clock) {
        this.drivers = drivers;
        this.clock = clock;
    }

    /** Never throws: what a driver throws becomes a {@link Outcome.Failed}; a library that cannot be loaded, too, or its lane would stay taken for ever. */
    Outcome run(HostAction action) {
        try {
            return action.call(drivers, clock);
        } catch (RuntimeException | Error e) {
            return new Outcome.Failed(action.failure(e).orElseGet(() -> broken(action, e)));
        }
    }

    private static Failure broken(HostAction action, Throwable e) {
        LOG.atError().addKeyValue("lane", action.lane()).setCause(e).log("A driver broke its contract");
        return new Failure(Failure.Code.INTERNAL, Objects.requireNonNullElse(e.getMessage(), e.toString()), true);
    }
}
