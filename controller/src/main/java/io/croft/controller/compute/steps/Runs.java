package io.croft.controller.compute.steps;

import io.croft.controller.history.Course;
import io.croft.controller.history.Courses;
import io.croft.controller.history.Step;
import io.croft.controller.hostlink.Deliveries;
import io.croft.controller.hostlink.Delivery;
import io.croft.protocol.ObservedDocument;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where the time went of instances that came to run: told to the history, and, of launches, in histograms: {@code croft.compute.launch.steps} by {@code step}, no series is an instance's.
 */
@Component
public class Runs {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1)
    };
    /** More kinds of calls than any agent has. */
    private static final int MOST_NAMES = 50;

    private static final String OTHER = "other";

    private final Deliveries deliveries;
    private final Courses courses;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    Runs(Deliveries deliveries, Courses courses, Clock clock, MeterRegistry meters) {
        this.deliveries = deliveries;
        this.courses = courses;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * An instance runs once the running transaction commits.
     *
     * @param observation of its machine, which says so
     * @param first whether it never ran before
     */
    public void runs(AccountId account, HostId host, ObservedDocument observation, boolean first) {
        deliveries
                .of(host, observation.key(), observation.generation())
                .ifPresent(d ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                keep(account, observation.key().id(), d, first);
                            }
                        }));
    }

    private void keep(AccountId account, String instance, Delivery delivery, boolean first) {
        var steps = RunCourse.of(delivery, System.nanoTime());
        courses.add(new Course(account, instance, clock.instant(), steps));
        if (first) {
            steps.forEach(this::count);
        }
    }

    private void count(Step step) {
        Timer.builder("croft.compute.launch.steps")
                .tag("step", name(step.name()))
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(step.took());
    }

    private String name(String step) {
        if (names.contains(step)) {
            return step;
        }
        return names.size() < MOST_NAMES && names.add(step) ? step : OTHER;
    }
}
