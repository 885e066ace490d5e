package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.hostlink.HostObserver;
import io.croft.controller.tags.Tags;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes in what hosts see of volumes. A second report of the same finds nothing to move. */
@Component
class VolumeObserver implements HostObserver {
    private final VolumeTable table;
    private final VolumeMoveTable moves;
    private final VolumeModifications modifications;
    private final VolumeEndings endings;
    private final Capacity capacity;
    private final Tags tags;
    private final ApplicationEventPublisher events;

    VolumeObserver(
            VolumeTable table,
            VolumeMoveTable moves,
            VolumeModifications modifications,
            VolumeEndings endings,
            Capacity capacity,
            Tags tags,
            ApplicationEventPublisher events) {
        this.table = table;
        this.moves = moves;
        this.modifications = modifications;
        this.endings = endings;
        this.capacity = capacity;
        this.tags = tags;
        this.events = events;
    }

    @Override
    public Set<DocumentKind> kinds() {
        return Set.of(DocumentKind.VOLUME);
    }

    @Override
    public void observed(HostId host, ObservedDocument observation) {
        var id = new VolumeId(observation.key().id());
        if (observation.state() == State.GONE) {
            gone(host, id, observation);
        } else if (observation.state() == State.READY) {
            ready(host, id, observation.generation());
        } else if (observation.failure() != null && !observation.failure().retryable()) {
            failed(id, observation.generation(), observation.failure());
        }
    }

    private void gone(HostId host, VolumeId id, ObservedDocument observation) {
        if (table.deleteProvedGone(id, host, observation.generation())) {
            tags.drop(List.of(id.value()));
            capacity.release(host, id);
        } else if (moves.provedGone(id, host, observation.generation())) {
            capacity.release(host, id);
        }
    }

    private void ready(HostId host, VolumeId id, Generation told) {
        table.move(List.of(id), VolumeEvent.READY);
        table.completeAttachment(id, told);
        modifications.carriedOut(id, told);
        if (table.fill(id, host)) {
            endings.put(List.of(id));
        }
    }

    /** What was wanted before says nothing of what is wanted now; a volume that is on its way has its own ways out. */
    private void failed(VolumeId id, Generation told, Failure failure) {
        if (modifications.refused(id, told, failure)) {
            return;
        }
        table.find(id)
                .filter(v -> v.transit() == null && !told.olderThan(v.generation()))
                .map(Row::attachment)
                .ifPresent(a -> events.publishEvent(new VolumeFailed(id, a.instance(), failure)));
    }
}
