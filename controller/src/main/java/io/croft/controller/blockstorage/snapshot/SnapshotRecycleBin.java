package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The snapshots that their owners have deleted and can have back, for as long as the operator says ({@code croft.snapshots.retention}). Each keeps its blocks, its tags and whom it is shared with, and counts as a snapshot;
 * nobody reads it, copies it or makes anything of it.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html">Recycle Bin</a>
 */
@Component
public class SnapshotRecycleBin {
    private static final Listing LISTING = Listing.of("recycled-snapshots", "snapshot s", "s.id")
            .ids(ResourceType.SNAPSHOT)
            .visibleWhere("s.account = :account AND s.state = 'RECYCLED'");

    private final SnapshotTable table;
    private final Snapshots snapshots;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final Clock clock;

    SnapshotRecycleBin(SnapshotTable table, Snapshots snapshots, Tags tags, JdbcClient jdbc, Clock clock) {
        this.table = table;
        this.snapshots = snapshots;
        this.tags = tags;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A snapshot in the recycle bin.
     *
     * @param since when it was deleted
     * @param until when it goes for good
     */
    public record RecycledSnapshot(SnapshotView snapshot, Instant since, Instant until) {}

    /**
     * The account's own ones that the query asks for.
     *
     * @throws CloudException InvalidSnapshot.NotFound for an id that is not among them
     */
    @Transactional(readOnly = true)
    public Page<RecycledSnapshot> list(Caller caller, Query query) {
        var page = LISTING.find(jdbc, caller.account(), query);
        var times = table.recycled(page.items());
        var found = new HashMap<String, RecycledSnapshot>();
        for (var row : table.load(page.items())) {
            var when = times.get(row.id());
            if (when != null) {
                found.put(row.id().value(), new RecycledSnapshot(row.view(Map.of()), when.since(), when.until()));
            }
        }
        return page.found(found);
    }

    /**
     * Has a snapshot of the account's back as it was.
     *
     * @throws CloudException InvalidSnapshot.NotFound unless it is in the recycle bin
     */
    @Transactional
    public SnapshotView restore(Caller caller, SnapshotId id) {
        var row = table.lock(id)
                .filter(r -> r.account().equals(caller.account()) && r.state() == SnapshotState.RECYCLED)
                .orElseThrow(() -> Snapshots.missing(id));
        table.move(row, SnapshotEvent.RESTORE_REQUESTED, clock.instant(), null);
        snapshots.note(row, "restored", caller);
        var tagged = tags.of(List.of(id.value())).getOrDefault(id.value(), Map.of());
        return table.find(id).orElseThrow(() -> Snapshots.missing(id)).view(tagged);
    }
}
