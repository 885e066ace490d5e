package io.croft.controller.hostlink;

import io.croft.controller.recovery.Recovery;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.OperationResult;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The transaction around one observation: what the domains make of it, then that it was taken. The domains' rows come first, so that this never holds a
 * row that they wait for.
 */
@Component
class ObservationStep {
    private final ObjectProvider<HostObserver> observers;
    private final DocumentTable documents;
    private final ObservationTable observations;
    private final Recovery recovery;

    ObservationStep(
            ObjectProvider<HostObserver> observers,
            DocumentTable documents,
            ObservationTable observations,
            Recovery recovery) {
        this.observers = observers;
        this.documents = documents;
        this.observations = observations;
        this.recovery = recovery;
    }

    /** Takes an observation; whether the agent can forget the document. */
    @Transactional
    public boolean note(HostId host, ObservedDocument observation, DocumentTable.Entry entry) {
        if (recovery.awaits(host)) {
            return false;
        }
        var settles = observation.state() == State.GONE
                && entry.presence() == Presence.ABSENT
                && entry.generation().equals(observation.generation());
        for (var observer : of(observation.key().kind())) {
            observer.observed(host, observation);
        }
        if (settles && documents.dropTombstone(host, observation.key(), observation.generation())) {
            // On disk before the host is told to forget it.
            observations.drop(host, observation.key());
            return true;
        }
        observations.put(host, observation);
        return false;
    }

    /** Takes an operation's result; one that was taken before does nothing. */
    @Transactional
    public void finish(HostId host, OperationResult result) {
        documents
                .takeOperation(host, result.id())
                .ifPresent(operation -> of(DocumentKind.OPERATION).forEach(o -> o.finished(host, operation, result)));
    }

    private List<HostObserver> of(DocumentKind kind) {
        return observers.orderedStream().filter(o -> o.kinds().contains(kind)).toList();
    }
}
