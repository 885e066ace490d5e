package io.croft.controller.network.eni;

import io.croft.controller.context.Reconciler;
import io.croft.controller.fleet.Fences;
import io.croft.controller.network.eni.InterfaceTable.Row;
import io.croft.controller.recovery.Recovery;
import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Frees behind the fence what the interfaces of hosts that are proved dead hold: the addresses of those that are being released, and public ones that are retired. Their tombstones stay, for the host
 * to carry out when it comes back.
 *
 * <p>Takes no input and reads the rows anew, one transaction an interface; a second copy of itself finds nothing left.
 */
@Component
public class FencedAddresses {
    private static final int BATCH = 100;

    private final Fences fences;
    private final InterfaceTable table;
    private final InterfaceObserver observer;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Reconciler interfaces;
    private final Reconciler retired;

    FencedAddresses(
            Fences fences,
            InterfaceTable table,
            InterfaceObserver observer,
            Recovery recovery,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this.fences = fences;
        this.table = table;
        this.observer = observer;
        this.recovery = recovery;
        this.transaction = transaction;
        this.interfaces = new Reconciler(meters, "network.fence.interfaces");
        this.retired = new Reconciler(meters, "network.fence.retired");
    }

    @Scheduled(fixedDelayString = "PT2S")
    void run() {
        if (!recovery.state().reconciles()) {
            fences.dead().forEach(this::free);
        }
    }

    /** Frees what there is to free on a host, if it is proved dead. */
    public void free(HostId host) {
        retired.run(() -> List.of(host), this::freeRetired);
        var more = true;
        while (more) {
            more = interfaces
                            .run(() -> table.releasing(host, BATCH), row -> end(row, host))
                            .changed()
                    == BATCH;
        }
    }

    private boolean freeRetired(HostId host) {
        return behindFence(host, () -> observer.freeRetired(host));
    }

    private boolean end(Row row, HostId host) {
        return behindFence(host, () -> observer.gone(row.id(), host, row.generation()));
    }

    private boolean behindFence(HostId host, BooleanSupplier step) {
        return Boolean.TRUE.equals(transaction.execute(_ -> fences.hold(host).isPresent() && step.getAsBoolean()));
    }
}
