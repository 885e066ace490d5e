package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.recovery.Recovery;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What others need of snapshots that are being deleted. */
@Component
class SnapshotHolds {
    private static final String UNKNOWN =
            "Its blocks stay until every host that is awaited since the restore has told which volumes it makes of them.";

    private final ObjectProvider<SnapshotHolder> holders;
    private final Recovery recovery;

    SnapshotHolds(ObjectProvider<SnapshotHolder> holders, Recovery recovery) {
        this.holders = holders;
        this.recovery = recovery;
    }

    /** Whether all may be needed: a host that has not told what it was told, since the database was restored, may be making a volume of any. */
    boolean unknown() {
        return !recovery.awaited().isEmpty();
    }

    /** All whose blocks are needed. */
    Set<SnapshotId> all() {
        return holders.stream().flatMap(h -> h.held().stream()).collect(Collectors.toSet());
    }

    /** Why the blocks of one have to stay, in a sentence; empty when they have not. */
    Optional<String> why(SnapshotId id) {
        var needing = holders.stream().flatMap(h -> h.holding(id).stream()).toList();
        if (!needing.isEmpty()) {
            return Optional.of(sentence(needing));
        }
        return unknown() ? Optional.of(UNKNOWN) : Optional.empty();
    }

    private static String sentence(List<String> needing) {
        var others = needing.size() - 1;
        return "Its blocks stay until the host of " + needing.getFirst() + " has them"
                + (others == 0 ? "." : ", and those of " + others + " others.");
    }
}
