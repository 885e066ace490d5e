package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.types.HostId;
import java.util.Set;

/**
 * A domain that wants to know what hosts observe of its documents; a Spring bean. Each call has a transaction of its own, in which hostlink also notes
 * the observation: when a call fails, that one observation is offered again with the next report that names it, and no other is held up.
 * An observation equal to the last one taken is not offered again.
 */
public interface HostObserver {
    /** The kinds that it is called for. */
    Set<DocumentKind> kinds();

    /**
     * The host observed something new of a document. With state {@code GONE} and a tombstone of that generation, hostlink forgets the document once all observers have
     * returned. An observation may be for an older generation than the one in force.
     */
    void observed(HostId host, ObservedDocument observation);

    /** An operation ended; called for observers of {@link DocumentKind#OPERATION}, once for each operation. */
    default void finished(HostId host, OperationSpec operation, OperationResult result) {}
}
