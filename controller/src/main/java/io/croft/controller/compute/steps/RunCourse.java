package io.croft.controller.compute.steps;

import io.croft.controller.history.Step;
import io.croft.controller.hostlink.Delivery;
import io.croft.protocol.DocumentSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a request to a machine that is seen to run, one after the other on one line of time.
 *
 * <p>Two clocks are joined, neither of which says what the other shows: this process's moments up to the stream and from the report on, and the host's durations in between. What is left between the
 * two moments besides the host's own is the network's, both ways and with what packing and unpacking take; it is put before the host's share. Pure.
 */
final class RunCourse {
    static final String REQUEST = "request";
    static final String COMMIT = "commit";
    static final String STREAM = "stream";
    static final String NETWORK = "network";
    static final String STORE = "store";
    static final String WORK = "work";
    static final String BETWEEN = "between calls";
    static final String REPORT = "report";
    static final String HOST = "host";
    static final String VISIBLE = "visible";
    static final String WHOLE = "whole";

    private static final String CONTROLLER = "controller";
    private static final String ON_HOST = "host";
    private static final String BOTH_WAYS = "both ways";
    private static final String UNTOLD = "its agent did not tell the steps";

    private final List<Step> steps = new ArrayList<>();
    private long reached;

    private RunCourse() {}

    /**
     * Of a machine that was seen to run.
     *
     * @param visible when everybody could see it, by {@link System#nanoTime}
     * @return what follows one another, parts behind what they are of, and last the whole; nothing of what this process has not seen
     */
    static List<Step> of(Delivery delivery, long visible) {
        var course = new RunCourse();
        course.here(delivery);
        course.there(delivery);
        if (delivery.reported() != null) {
            course.step(VISIBLE, CONTROLLER, visible - delivery.reported());
        }
        course.add(WHOLE, "", null, 0, course.reached);
        return course.steps;
    }

    private void here(Delivery delivery) {
        var committed = earlier(delivery.committed(), delivery.told());
        between(REQUEST, delivery.requested(), delivery.written());
        between(COMMIT, delivery.written(), committed);
        between(STREAM, committed, delivery.told());
    }

    /** The stream reads what is committed, maybe before who committed it was told so. */
    private static @Nullable Long earlier(@Nullable Long committed, @Nullable Long told) {
        return committed == null || (told != null && told - committed < 0) ? told : committed;
    }

    private void between(String name, @Nullable Long from, @Nullable Long to) {
        if (from != null && to != null) {
            step(name, CONTROLLER, to - from);
        }
    }

    private void there(Delivery delivery) {
        var host = delivery.steps();
        var away = delivery.told() == null || delivery.reported() == null
                ? null
                : (delivery.reported() - delivery.told()) / 1000;
        if (host == null) {
            if (away != null) {
                add(HOST, UNTOLD, null, reached, away);
            }
            return;
        }
        if (away != null) {
            add(NETWORK, BOTH_WAYS, null, reached, Math.max(0, away - host.reported()));
        }
        var came = reached;
        add(STORE, ON_HOST, null, came, host.stored());
        add(WORK, ON_HOST, null, reached, host.ready() - host.stored());
        host.calls()
                .forEach(c -> add(
                        c.failed() ? c.action() + " failed" : c.action(), c.lane(), WORK, came + c.from(), c.took()));
        add(BETWEEN, ON_HOST, WORK, came + host.stored(), between(host));
        add(REPORT, ON_HOST, null, reached, host.reported() - host.ready());
    }

    /** How long nothing ran of what was on the document's way. */
    private static long between(DocumentSteps host) {
        var idle = 0L;
        var until = host.stored();
        for (var call : host.calls().stream()
                .sorted(Comparator.comparingLong(DocumentSteps.Call::from))
                .toList()) {
            idle += Math.max(0, Math.min(call.from(), host.ready()) - until);
            until = Math.max(until, call.from() + call.took());
        }
        return idle + Math.max(0, host.ready() - until);
    }

    private void step(String name, String where, long nanos) {
        add(name, where, null, reached, Math.max(0, nanos / 1000));
    }

    private void add(String name, String where, @Nullable String within, long from, long took) {
        steps.add(new Step(name, where, within, micros(from), micros(took)));
        if (within == null) {
            reached = from + took;
        }
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1000);
    }
}
