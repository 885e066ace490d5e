package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sees. Sent at each change, and in full every 15 s; the full one is the truth, the others only make it known sooner.
 *
 * @param epoch raised by the agent at each of its starts and kept in its identity; a report of an older epoch is refused
 * @param bootId the host kernel's boot id, which tells a restart of the host
 * @param sequence rises by one with each report of an epoch, from 1; an older one than the last taken is ignored
 * @param full whether {@code documents} and {@code orphans} are complete
 * @param appliedRevision the newest desired revision in the agent's ledger
 * @param facts the host's facts; null in a partial report
 * @param documents the state of each document (of those that changed, in a partial report)
 * @param operations results not yet settled
 * @param orphans managed objects found on the host that no document names
 * @param steps where the time went of documents that are as wanted since the last report that was taken; null when there are none, and from an agent that does not say
 * @param fence the newest {@link DesiredBatch#behind() fence} behind which all has ended that it names; null from an agent that was told of none, or knows of none
 */
public record ObservedReport(
        long epoch,
        String bootId,
        long sequence,
        boolean full,
        long appliedRevision,
        @Nullable HostFacts facts,
        List<ObservedDocument> documents,
        List<OperationResult> operations,
        List<Orphan> orphans,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DocumentSteps> steps,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long fence) {
    public ObservedReport {
        documents = List.copyOf(documents);
        operations = List.copyOf(operations);
        orphans = List.copyOf(orphans);
        steps = steps == null ? null : List.copyOf(steps);
    }

    /** Of a host on which nothing came to be as wanted, and that was never proved dead. */
    public ObservedReport(
            long epoch,
            String bootId,
            long sequence,
            boolean full,
            long appliedRevision,
            @Nullable HostFacts facts,
            List<ObservedDocument> documents,
            List<OperationResult> operations,
            List<Orphan> orphans) {
        this(epoch, bootId, sequence, full, appliedRevision, facts, documents, operations, orphans, null, null);
    }

    /** The fence that the host has passed; 0 before the first. */
    public long passed() {
        return fence == null ? 0 : fence;
    }
}
