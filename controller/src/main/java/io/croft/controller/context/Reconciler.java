package io.croft.controller.context;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of a loop that looks at the world and brings things on: what it finds is dealt with one by one, and one failure stops none of the others. A run is timed
 * as {@code croft.NAME.run} and counted as {@code croft.NAME.found}, {@code .changed} and {@code .errors}. The loop's owner says when it runs, and makes each thing
 * its own transaction.
 */
public final class Reconciler {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private final String name;
    private final Timer runs;
    private final Counter found;
    private final Counter changed;
    private final Counter errors;

    /**
     * A loop.
     *
     * @param name the module and the loop, as in {@code compute.deadlines}
     */
    public Reconciler(MeterRegistry meters, String name) {
        this.name = name;
        this.runs = meters.timer("croft." + name + ".run");
        this.found = meters.counter("croft." + name + ".found");
        this.changed = meters.counter("croft." + name + ".changed");
        this.errors = meters.counter("croft." + name + ".errors");
    }

    /** What one run did. */
    public record Status(int found, int changed, int errors) {}

    /**
     * Looks once and deals with all that is found.
     *
     * @param find a bounded batch of what may have to be dealt with
     * @param deal whether it changed anything; reads the thing anew, for another copy of the loop may have been there first
     */
    public <T> Status run(Supplier<? extends Collection<T>> find, Predicate<T> deal) {
        return Objects.requireNonNull(runs.record(() -> pass(find.get(), deal)));
    }

    private <T> Status pass(Collection<T> batch, Predicate<T> deal) {
        found.increment(batch.size());
        var changes = 0;
        var failures = 0;
        for (var thing : batch) {
            try {
                changes += deal.test(thing) ? 1 : 0;
            } catch (RuntimeException e) {
                failures++;
                log.atError()
                        .addKeyValue("loop", name)
                        .addKeyValue("thing", thing)
                        .setCause(e)
                        .log("could not be dealt with; the next run tries again");
            }
        }
        changed.increment(changes);
        errors.increment(failures);
        return new Status(batch.size(), changes, failures);
    }
}
