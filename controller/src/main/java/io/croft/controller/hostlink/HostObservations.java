package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Orphan;
import io.croft.types.HostId;
import java.util.List;
import java.util.Optional;

/** What hosts last observed. */
public interface HostObservations {
    /** The last observation taken of a document on a host. */
    Optional<ObservedDocument> latest(HostId host, DocumentKey key);

    /** What the host's last full report named as ours without a document; empty before the first one since the controller started. */
    List<Orphan> orphans(HostId host);

    /** Whether the host has reported in full since the controller started, so that {@link #orphans} are known. */
    boolean toldAll(HostId host);

    /** The documents that the host last reported a failure of, by kind and id, at most {@code most}. */
    List<ObservedDocument> failing(HostId host, int most);

    /** Whether the host's agent has the stream of desired documents open. */
    boolean connected(HostId host);
}
