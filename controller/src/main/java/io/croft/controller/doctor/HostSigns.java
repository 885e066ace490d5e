package io.croft.controller.doctor;

import io.croft.controller.fleet.HostView;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Orphan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a host at one moment.
 *
 * @param connected whether it has its stream of desired documents open
 * @param certificateEnds null when it has no certificate that can be used
 * @param orphans what it named as ours without a document
 * @param failing documents that it reported a failure of
 * @param version the controller's own
 */
record HostSigns(
        HostView host,
        boolean connected,
        @Nullable Instant certificateEnds,
        List<Orphan> orphans,
        List<ObservedDocument> failing,
        String version,
        Instant now) {
    HostSigns {
        orphans = List.copyOf(orphans);
        failing = List.copyOf(failing);
    }
}
