package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What the controller wants of its hosts. */
public interface HostDocuments {
    /**
     * Wants these documents on the host; with {@link io.croft.protocol.Presence#ABSENT} they are tombstones. Belongs into the caller's transaction: all that one
     * transaction puts is written in one go just before it commits, hosts in the order of their ids, and reaches the agents right after. Of several with the same key the last one counts.
     *
     * <p>A document of an older generation than the one in force is left out: another writer won. The same generation again does nothing.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction
     * @throws IllegalStateException at the commit, when a generation comes with other content than before: a bug of the writer
     */
    void put(HostId host, Collection<? extends HostDocument> documents);

    /** The same for one document. */
    default void put(HostId host, HostDocument document) {
        put(host, List.of(document));
    }

    /** The hosts on which a document is wanted present; what the running transaction has put does not show yet. */
    Set<HostId> hostsWith(DocumentKey key);
}
