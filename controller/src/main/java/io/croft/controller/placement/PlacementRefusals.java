package io.croft.controller.placement;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.types.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells the tenant that there is no capacity, and keeps each host's reason for the operator: in the history under the request's id, or the instance's that
 * was to start. The request's own transaction is rolled back, so this is written after it, on a thread of its own; it is lost only with the process.
 */
@Component
public class PlacementRefusals {
    private static final Logger log = LoggerFactory.getLogger(PlacementRefusals.class);

    private final History history;
    private final MeterRegistry meters;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("placement-refusals").factory());

    PlacementRefusals(History history, MeterRegistry meters) {
        this.history = history;
        this.meters = meters;
    }

    /**
     * The tenant's error.
     *
     * @param subject under which {@code croft instance why} finds the reasons
     */
    public CloudException refuse(
            Caller caller, String subject, String instanceType, List<String> zones, NoCapacityException refusal) {
        var reasons = refusal.refusals().isEmpty()
                ? "there are no hosts"
                : refusal.refusals().stream().map(HostRefusal::toString).collect(Collectors.joining("\n"));
        count(refusal);
        var happening =
                new Happening(caller.account(), subject, History.PLACEMENT_REFUSED, instanceType + "\n" + reasons);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                writer.execute(() -> write(happening));
            }
        });
        return new CloudException(
                ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY,
                "We currently do not have sufficient " + instanceType
                        + " capacity in the Availability Zone you requested (" + String.join(", ", zones) + ").",
                reasons,
                refusal);
    }

    /** {@code croft.compute.placements.refused}, by {@code reason}: one for each that some host gave. */
    private void count(NoCapacityException refusal) {
        var reasons = refusal.refusals().isEmpty()
                ? Stream.of("no-hosts")
                : refusal.refusals().stream().map(HostRefusal::filter).distinct();
        reasons.forEach(r ->
                meters.counter("croft.compute.placements.refused", "reason", r).increment());
    }

    private void write(Happening happening) {
        try {
            history.record(List.of(happening));
        } catch (DataAccessException e) {
            log.atError()
                    .addKeyValue("subject", happening.resourceId())
                    .setCause(e)
                    .log("placement's reasons are lost");
        }
    }

    @PreDestroy
    void close() {
        writer.close();
    }
}
