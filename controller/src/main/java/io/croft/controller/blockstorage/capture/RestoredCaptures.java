package io.croft.controller.blockstorage.capture;

import io.croft.controller.hostlink.HostDocuments;
import io.croft.types.HostId;
import java.util.Collection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Captures after a restore. What the database remembers as still to be taken was taken since, or was not: the host is told nothing but to send what it has, since a snapshot that it took now would be of another moment. What it has no more, it says. All
 * of it belongs into the transaction of the merge.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RestoredCaptures {
    private final CaptureTable table;
    private final HostDocuments documents;

    RestoredCaptures(CaptureTable table, HostDocuments documents) {
        this.table = table;
        this.documents = documents;
    }

    /** Counts anew on a host: every capture on it has this generation. */
    public void restamp(HostId host, long generation) {
        table.restamp(host, generation);
    }

    /** Tells a host of all its captures but those of some volumes. */
    public void put(HostId host, Collection<String> except) {
        documents.put(
                host,
                table.on(host).stream()
                        .filter(c -> !except.contains(c.volume().value()))
                        .map(CaptureTable.Row::spec)
                        .toList());
    }
}
