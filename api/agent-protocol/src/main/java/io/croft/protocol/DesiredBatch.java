package io.croft.protocol;

import java.util.List;

/**
 * One line of the desired-state stream.
 *
 * @param revision the host's revision that the agent has reached once it has stored this batch; rises with every change, per host
 * @param full whether {@code documents} is everything that the controller wants of this host; what a full batch does not name is an orphan, to be
 *     reported and never removed on that ground
 * @param documents what changed, oldest first; empty in a heartbeat
 */
public record DesiredBatch(long revision, boolean full, List<HostDocument> documents) {
    public DesiredBatch {
        documents = List.copyOf(documents);
    }
}
