package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.OperationResult;
import io.croft.protocol.Orphan;
import java.util.List;
import java.util.Set;

/**
 * What the controller is to know of this host, as of one moment.
 *
 * @param documents the state of each document that the controller claims
 * @param results of the operations that the controller has not settled
 * @param orphans what no document names
 * @param seen whether all of the host was looked at since the agent started, so that what is not named is not there
 * @param fence the newest fence that the host has passed; 0 before the first
 * @param gate whether anything may be brought up
 * @param carriedOut the documents that came to be as wanted lately, with where the time went
 * @param parts of what is under way, as long as not all of them are as wanted: who waits for that waits for none of them alone
 */
public record HostReport(
        List<ObservedDocument> documents,
        List<OperationResult> results,
        List<Orphan> orphans,
        boolean seen,
        long fence,
        Gate gate,
        List<CarriedOut> carriedOut,
        Set<DocumentKey> parts) {
    public HostReport {
        documents = List.copyOf(documents);
        results = List.copyOf(results);
        orphans = List.copyOf(orphans);
        carriedOut = List.copyOf(carriedOut);
        parts = Set.copyOf(parts);
    }

    /** Of a host on which nothing is under way, nor came to be as wanted lately. */
    public HostReport(
            List<ObservedDocument> documents,
            List<OperationResult> results,
            List<Orphan> orphans,
            boolean seen,
            long fence,
            Gate gate) {
        this(documents, results, orphans, seen, fence, gate, List.of(), Set.of());
    }

    HostReport with(List<CarriedOut> lately, Set<DocumentKey> parts) {
        return new HostReport(documents, results, orphans, seen, fence, gate, lately, parts);
    }
}
