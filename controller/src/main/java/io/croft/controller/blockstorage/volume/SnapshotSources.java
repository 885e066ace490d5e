package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Volumes of which snapshots are to be taken, locked: nobody deletes or grows one before the caller's transaction ends. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class SnapshotSources {
    private final Volumes volumes;
    private final VolumeTable table;

    SnapshotSources(Volumes volumes, VolumeTable table) {
        this.volumes = volumes;
        this.table = table;
    }

    /**
     * A volume.
     *
     * @param place where its bytes are; null while it has none, and while a host makes it anew: then it is what carries it there
     * @param snapshot that it was made of, or is; null for none
     * @param instance that it is attached to; null for none
     * @param boot whether that boots from it
     */
    public record Source(
            VolumeId id,
            int sizeGib,
            VolumeType type,
            @Nullable Place place,
            @Nullable SnapshotId snapshot,
            @Nullable InstanceId instance,
            boolean boot,
            Map<String, String> tags) {}

    /** A host that keeps a volume, and the storage driver that does. */
    public record Place(HostId host, String backend) {}

    /**
     * The account's volume.
     *
     * @throws CloudException InvalidVolume.NotFound, IncorrectState for one that is being made, filled or deleted
     */
    public Source lock(Caller caller, VolumeId id) {
        return sources(List.of(volumes.lock(caller, id))).getFirst();
    }

    /**
     * The volumes of an instance, whose row the caller has locked, the boot volume first.
     *
     * @throws CloudException IncorrectState for one that is being made, filled or deleted
     */
    public List<Source> lock(InstanceId instance) {
        table.lock(table.ofInstances(List.of(instance)).stream().map(Row::id).toList());
        return sources(table.ofInstances(List.of(instance)));
    }

    private List<Source> sources(List<Row> rows) {
        rows.forEach(SnapshotSources::requireThere);
        var tags = tags(rows);
        return rows.stream().map(r -> source(r, tags)).toList();
    }

    private Map<String, Map<String, String>> tags(Collection<Row> rows) {
        return volumes.tagsOf(rows.stream().map(r -> r.id().value()).toList());
    }

    private static Source source(Row row, Map<String, Map<String, String>> tags) {
        var carrier = row.carrier();
        var place = carrier == null ? row.place() : null;
        var attachment = row.attachment();
        return new Source(
                row.id(),
                row.shape().sizeGib(),
                row.shape().type(),
                place == null ? null : new Place(place.host(), place.backend()),
                carrier == null ? row.snapshot() : carrier,
                attachment == null ? null : attachment.instance(),
                attachment != null && attachment.boot(),
                tags.getOrDefault(row.id().value(), Map.of()));
    }

    /** What its host fills yet it has nothing to take a snapshot of; one that no host is to keep has its own snapshot's blocks. */
    private static void requireThere(Row row) {
        if (row.place() != null && !row.filled()) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The volume '" + row.id() + "' is being filled with the blocks of the snapshot '" + row.snapshot()
                            + "'. Try again once it is attached.");
        }
        switch (row.state()) {
            case AVAILABLE, IN_USE -> {}
            case CREATING, DELETING ->
                throw new CloudException(
                        ErrorCode.INCORRECT_STATE,
                        "The volume '" + row.id() + "' is " + row.state().ec2Name() + ".");
        }
    }
}
