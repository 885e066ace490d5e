package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.ManifestHeader;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Ref;
import io.croft.controller.blockstorage.snapshot.store.StoreDamage;
import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Snapshots after a restore: their rows are put to what the store has, since a manifest names its owner. Nothing of the store is touched, no host is asked, and nothing is frozen: until the merge the controller
 * takes, seals, removes and sweeps nothing; after it all is known. The states are written outside their table of transitions, since what led to them was lost.
 */
@Component
public class RestoredSnapshots {
    private final SnapshotTable table;
    private final SnapshotStore store;
    private final JdbcClient jdbc;
    private final Clock clock;

    RestoredSnapshots(SnapshotTable table, SnapshotStore store, JdbcClient jdbc, Clock clock) {
        this.table = table;
        this.store = store;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is done about one snapshot.
     *
     * @param action {@code adopt}: it is completed, as the store has it; {@code lost}: the store lacks it, or what came for it, and it is in error; {@code keep}: it stays in the store, and nobody has it
     * @param reason one sentence
     */
    public record Line(SnapshotId snapshot, String action, String reason) {}

    private record Step(Line line, @Nullable ManifestHeader header) {}

    /** What {@link #apply} would do now. */
    @Transactional(readOnly = true)
    public List<Line> plan() {
        return steps().stream().map(Step::line).toList();
    }

    /** Puts the rows to what the store has, in the transaction of the merge; returns what was done. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Line> apply() {
        var steps = steps();
        for (var step : steps) {
            if (step.header() != null) {
                adopt(step.header());
            } else if (step.line().action().equals("lost")) {
                lose(step.line());
            }
        }
        table.hearAll(clock.instant());
        return steps.stream().map(Step::line).toList();
    }

    private List<Step> steps() {
        var rows = new HashMap<SnapshotId, Row>();
        table.all().forEach(r -> rows.put(r.id(), r));
        var accounts = accounts();
        var there = new HashSet<SnapshotId>();
        var steps = new ArrayList<Step>();
        for (var ref : store.all()) {
            there.add(ref.snapshot());
            var row = rows.get(ref.snapshot());
            if (row == null || (!row.state().stored() && row.state() != SnapshotState.DELETING)) {
                steps.add(stored(ref, row, accounts));
            }
        }
        rows.values().stream().filter(r -> !there.contains(r.id())).forEach(r -> {
            if (r.state().stored()) {
                steps.add(lost(
                        r,
                        "The store does not have it: it was deleted since, or the store's directory is not all here."));
            } else if (r.state() == SnapshotState.SEALING && lacksBlocks(r)) {
                steps.add(lost(r, "Not all blocks that were written for it are here."));
            }
        });
        return steps;
    }

    /** A copy needs none. */
    private boolean lacksBlocks(Row row) {
        var came = store.came(row.id());
        return row.timeout() != null
                && (row.written() == null ? came == 0 : came != row.written().blocks());
    }

    private static Step lost(Row row, String reason) {
        return new Step(new Line(row.id(), "lost", reason), null);
    }

    private Step stored(Ref ref, @Nullable Row row, Set<AccountId> accounts) {
        try {
            var header = store.find(ref)
                    .orElseThrow(() -> new StoreDamage("its manifest is gone", null))
                    .header();
            if (!accounts.contains(header.owner())) {
                return keep(ref, "Its account " + header.owner() + " is not there.");
            }
            var why = row == null ? "The database does not know it." : "The database has it unfinished.";
            return new Step(new Line(ref.snapshot(), "adopt", why + " The store has all of it."), header);
        } catch (StoreDamage | UncheckedIOException e) {
            return keep(ref, "It cannot be read: " + e.getMessage());
        }
    }

    private static Step keep(Ref ref, String reason) {
        return new Step(new Line(ref.snapshot(), "keep", reason), null);
    }

    private Set<AccountId> accounts() {
        return Set.copyOf(jdbc.sql("SELECT id FROM account WHERE state = 'ACTIVE'")
                .query((row, _) -> new AccountId(row.getString("id")))
                .list());
    }

    private void adopt(ManifestHeader header) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var carrier = table.find(header.snapshot()).map(Row::carrier).orElse(false);
        jdbc.sql("DELETE FROM snapshot WHERE id = :id AND state <> 'COMPLETED'")
                .param("id", header.snapshot().value())
                .update();
        table.insert(new Row(
                header.snapshot(),
                header.owner(),
                header.lineage(),
                header.volume(),
                null,
                header.sizeGib(),
                SnapshotState.COMPLETED,
                100,
                null,
                header.description(),
                header.started(),
                now,
                null,
                null,
                null,
                carrier));
    }

    private void lose(Line line) {
        jdbc.sql(
                        "UPDATE snapshot SET state = 'ERROR', message = :reason WHERE id = :id AND state IN ('COMPLETED', 'RECYCLED', 'SEALING')")
                .params(Map.of("id", line.snapshot().value(), "reason", line.reason()))
                .update();
    }
}
