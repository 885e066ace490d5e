package io.croft.controller.blockstorage.capture;

import io.croft.controller.blockstorage.capture.CaptureTable.Row;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.hostlink.HostObserver;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes in what hosts see of snapshots. A second report of the same finds nothing to move. */
@Component
class CaptureObserver implements HostObserver {
    private static final Logger log = LoggerFactory.getLogger(CaptureObserver.class);

    private final CaptureTable table;
    private final Captures captures;
    private final Snapshots snapshots;

    CaptureObserver(CaptureTable table, Captures captures, Snapshots snapshots) {
        this.table = table;
        this.captures = captures;
        this.snapshots = snapshots;
    }

    @Override
    public Set<DocumentKind> kinds() {
        return Set.of(DocumentKind.SNAPSHOT);
    }

    @Override
    public void observed(HostId host, ObservedDocument observation) {
        var id = new SnapshotId(observation.key().id());
        if (observation.state() == State.GONE) {
            table.deleteProvedGone(id, host, observation.generation());
            return;
        }
        table.lock(id)
                .filter(r -> r.host().equals(host) && r.generation().equals(observation.generation()))
                .ifPresent(r -> seen(r, observation));
    }

    private void seen(Row capture, ObservedDocument observation) {
        var failure = observation.failure();
        if (observation.state() == State.READY && capture.state() == CaptureState.TAKING) {
            if (captures.move(capture, CaptureEvent.TAKEN)) {
                snapshots.note(capture.snapshot(), "taken", "of " + capture.volume());
            }
        } else if (failure != null && !failure.retryable() && capture.state() != CaptureState.DROPPING) {
            log.atWarn()
                    .addKeyValue("snapshot", capture.snapshot())
                    .addKeyValue("host", capture.host())
                    .addKeyValue("reason", failure.message())
                    .log("A snapshot cannot be had from its volume's host");
            snapshots.fail(
                    capture.snapshot(),
                    capture.state() == CaptureState.TAKING
                            ? "The volume's host could not take it (" + failure.code() + ")."
                            : "The volume's host has it no more (" + failure.code() + ").");
            captures.move(capture, CaptureEvent.ENDED);
        }
    }
}
