package io.croft.controller.compute.capacityreservation;

import io.croft.controller.context.Reconciler;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.tags.Tags;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends capacity reservations in time, makes those whole of which a host was lost or drained, forgets those that ended an hour ago, and tells what all have as {@code croft.compute.reserved}, by
 * {@code state}.
 */
@Component
class ReservationUpkeep {
    private static final Duration SHOWN = Duration.ofHours(1);

    private final ReservedCapacity reserved;
    private final CapacityReservationTable table;
    private final Tags tags;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Reconciler loop;
    private final Map<String, AtomicInteger> counts = new HashMap<>();
    private final MeterRegistry meters;

    ReservationUpkeep(
            ReservedCapacity reserved,
            CapacityReservationTable table,
            Tags tags,
            Recovery recovery,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry meters) {
        this.reserved = reserved;
        this.table = table;
        this.tags = tags;
        this.recovery = recovery;
        this.transaction = transaction;
        this.clock = clock;
        this.meters = meters;
        this.loop = new Reconciler(meters, "compute.reservations");
    }

    /** What an older copy of the database says is not acted on. */
    @Scheduled(fixedDelayString = "PT5S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    Reconciler.Status pass() {
        var status = loop.run(reserved::due, id -> Boolean.TRUE.equals(transaction.execute(_ -> reserved.see(id))));
        transaction.executeWithoutResult(
                _ -> tags.drop(table.deleteEnded(clock.instant().minus(SHOWN))));
        reserved.totals().forEach((state, count) -> gauge(state).set(count));
        return status;
    }

    private AtomicInteger gauge(String state) {
        return counts.computeIfAbsent(
                state,
                s -> Objects.requireNonNull(
                        meters.gauge("croft.compute.reserved", List.of(Tag.of("state", s)), new AtomicInteger())));
    }
}
