package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentSteps;
import io.croft.types.Generation;
import java.util.List;

/**
 * How a document came to be as wanted; moments are those of {@link System#nanoTime}.
 *
 * @param came when it had come
 * @param stored when it was in the ledger
 * @param ready when all was seen to be as wanted
 * @param calls on its way, as they are told
 */
public record CarriedOut(
        DocumentKey key, Generation generation, long came, long stored, long ready, List<DocumentSteps.Call> calls) {
    public CarriedOut {
        calls = List.copyOf(calls);
    }

    /** As it is told in a report that is made now. */
    public DocumentSteps steps() {
        return new DocumentSteps(
                key,
                generation,
                WorkLog.micros(came, stored),
                WorkLog.micros(came, ready),
                WorkLog.micros(came, System.nanoTime()),
                calls);
    }
}
