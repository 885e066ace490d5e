package io.croft.controller.network.overlay;

import io.croft.controller.context.Reconciler;
import io.croft.controller.fleet.HostStateChanged;
import io.croft.controller.network.eni.InterfacesMoved;
import io.croft.controller.recovery.Recovery;
import io.croft.types.VpcId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells hosts of the interfaces that came, went or changed groups on others, once that is committed: of those VPCs soon, and now and then of all, which finds what nobody said, as after
 * a restart. One transaction a host and VPC; a second copy of itself finds nothing left to tell.
 */
@Component
class PeerLoop {
    private final PeerDocuments documents;
    private final PeerTable table;
    private final Recovery recovery;
    private final Reconciler loop;
    private final Set<VpcId> moved = ConcurrentHashMap.newKeySet();
    private volatile boolean all;

    PeerLoop(PeerDocuments documents, PeerTable table, Recovery recovery, MeterRegistry meters) {
        this.documents = documents;
        this.table = table;
        this.recovery = recovery;
        this.loop = new Reconciler(meters, "network.overlay");
    }

    @TransactionalEventListener
    void on(InterfacesMoved event) {
        moved.add(event.vpc());
    }

    /** What is on a host that is proved dead is nowhere; what is on one that is back is there again. */
    @TransactionalEventListener
    void on(HostStateChanged event) {
        all = true;
    }

    @Scheduled(fixedDelayString = "PT0.1S")
    void run() {
        if (all) {
            sweep();
        } else if (!moved.isEmpty() && !recovery.state().reconciles()) {
            pass(take());
        }
    }

    @Scheduled(fixedDelayString = "PT10S")
    void sweep() {
        if (!recovery.state().reconciles()) {
            all = false;
            pass();
        }
    }

    private Set<VpcId> take() {
        var now = new HashSet<>(moved);
        moved.removeAll(now);
        return now;
    }

    /** Goes once over all VPCs. */
    void pass() {
        pass(table.vpcs());
    }

    private void pass(Collection<VpcId> vpcs) {
        loop.run(() -> documents.stale(vpcs), documents::tell);
    }
}
