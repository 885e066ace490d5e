package io.croft.protocol;

import java.util.List;

/** The blocks of a {@link SnapshotPage} that the controller has not, by their indexes: they are to be sent. */
public record LackingBlocks(List<Integer> indexes) {
    public LackingBlocks {
        indexes = List.copyOf(indexes);
    }
}
