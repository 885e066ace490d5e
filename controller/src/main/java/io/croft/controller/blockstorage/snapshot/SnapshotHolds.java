package io.croft.controller.blockstorage.snapshot;

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
    private final ObjectProvider<SnapshotHolder> holders;

    SnapshotHolds(ObjectProvider<SnapshotHolder> holders) {
        this.holders = holders;
    }

    /** All whose blocks are needed. */
    Set<SnapshotId> all() {
        return holders.stream().flatMap(h -> h.held().stream()).collect(Collectors.toSet());
    }

    /** Why the blocks of one have to stay, in a sentence; empty when they have not. */
    Optional<String> why(SnapshotId id) {
        var needing = holders.stream().flatMap(h -> h.holding(id).stream()).toList();
        return needing.isEmpty() ? Optional.empty() : Optional.of(sentence(needing));
    }

    private static String sentence(List<String> needing) {
        var others = needing.size() - 1;
        return "Its blocks stay until the host of " + needing.getFirst() + " has them"
                + (others == 0 ? "." : ", and those of " + others + " others.");
    }
}
