package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.tags.Tags;
import io.croft.types.VolumeId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends volumes, and tells hosts of volumes. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class VolumeEndings {
    private final VolumeTable table;
    private final VolumeMoveEndings moves;
    private final HostDocuments documents;
    private final Tags tags;

    VolumeEndings(VolumeTable table, VolumeMoveEndings moves, HostDocuments documents, Tags tags) {
        this.table = table;
        this.moves = moves;
        this.documents = documents;
        this.tags = tags;
    }

    /** Deletes volumes that can be: one with a place is there until its host has proved it gone, one without has no bytes anywhere. */
    void delete(Collection<VolumeId> ids) {
        table.lock(ids);
        moves.giveUp(ids, "it is deleted");
        var ending = table.move(ids, VolumeEvent.DELETE_REQUESTED);
        var gone = table.deletePlaceless(ending);
        tags.drop(gone.stream().map(VolumeId::value).toList());
        var left = new HashSet<>(ending);
        gone.forEach(left::remove);
        put(left);
    }

    /** Has the volumes' hosts learn what the rows say now. */
    void put(Collection<VolumeId> ids) {
        if (!ids.isEmpty()) {
            tell(table.load(ids.stream().map(VolumeId::value).toList()));
        }
    }

    /** The same of volumes that are as their rows are. */
    void tell(List<Row> rows) {
        for (var row : rows) {
            var place = row.place();
            if (place != null) {
                documents.put(place.host(), row.spec(place));
            }
        }
    }
}
