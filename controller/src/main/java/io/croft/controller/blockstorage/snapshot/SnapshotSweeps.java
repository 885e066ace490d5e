package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Ref;
import io.croft.controller.blockstorage.snapshot.store.SweepReport;
import io.croft.controller.recovery.ServiceGate;
import io.croft.types.SnapshotId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Gives back what the store keeps for nobody, for the operator. What a manifest names stays, whether or not a row names the manifest; none is swept while the controller reconciles with an older database, since what
 * that does not know may be taken in yet.
 */
@Component
public class SnapshotSweeps {
    private final SnapshotTable table;
    private final SnapshotStore store;
    private final SnapshotHolds holds;
    private final ServiceGate gate;

    SnapshotSweeps(SnapshotTable table, SnapshotStore store, SnapshotHolds holds, ServiceGate gate) {
        this.table = table;
        this.store = store;
        this.holds = holds;
        this.gate = gate;
    }

    /**
     * What a sweep did, or would do.
     *
     * @param packs that go
     * @param freed bytes that are free then
     * @param rewritten bytes that are written anew for that
     * @param left what was left alone, a sentence each
     */
    public record Sweep(int packs, long freed, long rewritten, List<String> left) {
        public Sweep {
            left = List.copyOf(left);
        }
    }

    /**
     * Sweeps the store.
     *
     * @param dryRun only says what it would do
     * @throws io.croft.controller.context.CloudException Unavailable while the controller reconciles
     */
    public Sweep sweep(boolean dryRun) {
        gate.requireServing();
        var rows = table.all();
        var held = holds.all();
        var expected = rows.stream()
                .filter(r -> isExpected(r) || held.contains(r.id()))
                .map(Row::ref)
                .toList();
        var report = store.sweep(expected, dryRun);
        if (!dryRun) {
            forget(rows);
        }
        return new Sweep(report.packs().size(), report.freed(), report.rewritten(), left(rows, report));
    }

    /** One that was completed and then lost may be copied back yet: until it is deleted nothing of its lineage goes. */
    private static boolean isExpected(Row row) {
        return row.state().stored() || (row.state() == SnapshotState.ERROR && row.completed() != null);
    }

    /** A crash may have come between the end of a snapshot and this. */
    private void forget(List<Row> rows) {
        var came = Set.copyOf(store.uploads());
        rows.stream()
                .filter(r -> r.state().stored())
                .map(Row::id)
                .filter(came::contains)
                .forEach(store::forget);
    }

    private List<String> left(List<Row> rows, SweepReport report) {
        var known = rows.stream().map(Row::id).map(SnapshotId::value).collect(Collectors.toCollection(HashSet::new));
        return Stream.of(
                        report.left().stream(),
                        rows.stream()
                                .filter(r -> r.state() == SnapshotState.DELETING)
                                .flatMap(r -> holds.why(r.id()).map(why -> r.id() + ": deleted. " + why).stream()),
                        store.all().stream()
                                .map(Ref::snapshot)
                                .filter(s -> !known.contains(s.value()))
                                .map(s -> s + ": it has a manifest and no row; a restore takes it in"),
                        store.uploads().stream()
                                .filter(s -> !known.contains(s.value()))
                                .map(s -> s + ": blocks of it have come, and it has no row"))
                .flatMap(s -> s)
                .toList();
    }
}
