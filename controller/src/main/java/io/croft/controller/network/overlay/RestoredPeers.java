package io.croft.controller.network.overlay;

import io.croft.protocol.HostDocument;
import io.croft.protocol.VpcPeersSpec;
import io.croft.types.HostId;
import java.util.Collection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What becomes of what hosts know of other hosts' interfaces when the database goes back: the next run of the loop tells each how it is. */
@Component
public class RestoredPeers {
    private final PeerTable table;

    RestoredPeers(PeerTable table) {
        this.table = table;
    }

    /**
     * Counts anew on a host, whose documents were forgotten.
     *
     * @param told what the host knows, of any kind
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void restamp(HostId host, long generation, Collection<? extends HostDocument> told) {
        table.restamp(host, generation);
        for (var document : told) {
            if (document instanceof VpcPeersSpec peers) {
                table.claim(host, peers.id(), peers.account(), generation);
            }
        }
    }
}
