package io.croft.protocol;

import io.croft.types.VolumeId;
import java.util.List;

/**
 * What an agent has stored, and what it sees of it, asked for by a controller whose database was restored.
 *
 * @param revision the newest desired revision taken; 0 when there is none
 * @param whole whether nothing of the ledger was found lost when the agent started
 * @param documents every document, tombstones too, those also that the controller no longer names
 * @param made volumes that were whole once
 * @param observed the state of each document that the controller still names, as in a full {@link ObservedReport}
 * @param orphans managed objects found on the host that no document names, and those of documents that the controller no longer names
 */
public record LedgerReport(
        long revision,
        boolean whole,
        List<HostDocument> documents,
        List<VolumeId> made,
        List<ObservedDocument> observed,
        List<Orphan> orphans) {
    public LedgerReport {
        documents = List.copyOf(documents);
        made = List.copyOf(made);
        observed = List.copyOf(observed);
        orphans = List.copyOf(orphans);
    }
}
