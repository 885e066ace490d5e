package io.croft.controller.restore;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.LedgerReport;
import java.util.List;
import java.util.Map;

/**
 * What the database wants of one host.
 *
 * @param revision how far the host was told
 * @param documents tombstones too, without operations
 * @param revisions at which revision the host was to be told of each
 */
record Share(long revision, Map<DocumentKey, HostDocument> documents, Map<DocumentKey, Long> revisions) {
    static final Share NONE = new Share(0, Map.of(), Map.of());

    /** As the ledger of a host that has all of it. */
    LedgerReport asTold() {
        return new LedgerReport(
                Math.max(
                        revision,
                        revisions.values().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(0)),
                true,
                List.copyOf(documents.values()),
                List.of(),
                List.of(),
                List.of());
    }

    Share {
        documents = Map.copyOf(documents);
        revisions = Map.copyOf(revisions);
    }
}
