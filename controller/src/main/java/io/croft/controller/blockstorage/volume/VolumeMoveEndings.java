package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.VolumeUploads;
import io.croft.controller.blockstorage.volume.VolumeMoveTable.Leftover;
import io.croft.controller.blockstorage.volume.VolumeMoveTable.Move;
import io.croft.controller.blockstorage.volume.VolumeTable.Place;
import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.types.VolumeId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends volumes' moves, one way or the other: the volume is on one host then, and the other is to remove what it has of it. The caller has locked the volumes. Counted as {@code croft.blockstorage.moves} by {@code outcome}. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class VolumeMoveEndings {
    private final VolumeMoveTable moves;
    private final VolumeTable table;
    private final FillProgress progress;
    private final VolumeUploads uploads;
    private final Capacity capacity;
    private final HostDocuments documents;
    private final History history;
    private final MeterRegistry meters;

    VolumeMoveEndings(
            VolumeMoveTable moves,
            VolumeTable table,
            FillProgress progress,
            VolumeUploads uploads,
            Capacity capacity,
            HostDocuments documents,
            History history,
            MeterRegistry meters) {
        this.moves = moves;
        this.table = table;
        this.progress = progress;
        this.uploads = uploads;
        this.capacity = capacity;
        this.documents = documents;
        this.history = history;
        this.meters = meters;
    }

    /** Those of the volumes that are on their way stay where they were, since nobody wants them elsewhere any more. */
    void giveUp(Collection<VolumeId> ids, String why) {
        moves.load(ids).forEach(m -> giveUp(m, why));
    }

    /** The volume stays where it was: its bytes are there as they were. */
    void giveUp(Move move, String why) {
        if (!moves.end(move, VolumeMoveEvent.GIVEN_UP)) {
            return;
        }
        var volume = table.find(move.volume()).orElseThrow();
        if (move.state() == VolumeMoveState.COPYING) {
            capacity.release(move.to().host(), move.volume());
        } else {
            settle(volume, move.from(), move.to());
        }
        end(move, volume, "move given up", why);
    }

    /** The volume is where it was to go. */
    void arrived(Move move) {
        if (!moves.end(move, VolumeMoveEvent.ARRIVED)) {
            return;
        }
        var volume = table.find(move.volume()).orElseThrow();
        settle(volume, move.to(), move.from());
        end(move, volume, "moved", "to host " + move.to().host());
    }

    private void settle(Row volume, Place place, Place left) {
        table.relocate(volume.id(), place);
        var now = table.find(volume.id()).orElseThrow();
        documents.put(place.host(), now.spec(place));
        var leftover =
                new Leftover(volume.id(), volume.account(), left, volume.shape().sizeGib(), now.generation());
        moves.insert(leftover);
        documents.put(left.host(), leftover.spec());
    }

    private void end(Move move, Row volume, String event, String detail) {
        progress.forget(move.carrier());
        uploads.drop(move.carrier());
        history.record(List.of(new Happening(volume.account(), volume.id().value(), event, detail)));
        meters.counter("croft.blockstorage.moves", "outcome", event.equals("moved") ? "moved" : "given-up")
                .increment();
    }
}
