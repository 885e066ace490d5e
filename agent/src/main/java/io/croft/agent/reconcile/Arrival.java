package io.croft.agent.reconcile;

import io.croft.protocol.HostDocument;
import java.util.List;

/**
 * Documents that came and were not known in their generations.
 *
 * @param came when they had come, by {@link System#nanoTime}
 * @param stored when they were in the ledger
 */
public record Arrival(List<HostDocument> documents, long came, long stored) {
    public Arrival {
        documents = List.copyOf(documents);
    }
}
