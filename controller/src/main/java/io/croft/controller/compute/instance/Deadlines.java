package io.croft.controller.compute.instance;

import io.croft.controller.context.CroftProperties;
import io.croft.types.InstanceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long an instance may be in a state that must not last. */
@Component
public class Deadlines {
    /** Longer than an agent gives a guest to power off by itself. */
    private static final Duration STOP = Duration.ofMinutes(3);

    /** As long as an agent gives a host to write the memory to its disk. */
    private static final Duration HIBERNATE = Duration.ofMinutes(20);

    private static final Duration END = Duration.ofMinutes(2);

    private final Clock clock;
    private final Duration launch;

    Deadlines(Clock clock, CroftProperties properties) {
        this.clock = clock;
        this.launch = properties.launch().deadline();
    }

    /** When an instance that is to hibernate from now on is overdue. */
    Instant ofHibernation() {
        return clock.instant().plus(HIBERNATE);
    }

    /** When an instance that enters the state now is overdue; null for states that may last. */
    @Nullable
    public Instant of(InstanceState state) {
        return switch (state) {
            case PENDING -> clock.instant().plus(launch);
            case STOPPING -> clock.instant().plus(STOP);
            case SHUTTING_DOWN -> clock.instant().plus(END);
            case RUNNING, STOPPED, TERMINATED -> null;
        };
    }
}
