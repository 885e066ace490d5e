package io.croft.controller.network.elasticip;

import io.croft.controller.context.Reconciler;
import io.croft.controller.recovery.Recovery;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Elastic addresses that are to be at an interface, for which no host answers: what is left so by a restore, since a move itself ends with its host's word.
 *
 * <p>Takes no input and reads the rows anew, one transaction an address; a second copy of itself finds nothing left.
 */
@Component
class ElasticIpMoves {
    private final ElasticIpTable table;
    private final ElasticIps addresses;
    private final Recovery recovery;
    private final Reconciler moves;

    ElasticIpMoves(ElasticIpTable table, ElasticIps addresses, Recovery recovery, MeterRegistry meters) {
        this.table = table;
        this.addresses = addresses;
        this.recovery = recovery;
        this.moves = new Reconciler(meters, "network.elasticip.moves");
    }

    @Scheduled(fixedDelayString = "PT5S")
    void run() {
        if (!recovery.state().reconciles()) {
            moves.run(table::waiting, addresses::settle);
        }
    }
}
