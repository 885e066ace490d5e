package io.croft.rest;

import java.util.List;

/**
 * What a sweep of the snapshot store did, or would do.
 *
 * @param packs how many packs of blocks go
 * @param freedBytes that are free then
 * @param rewrittenBytes that are written anew for that
 * @param left what was left alone, a sentence each
 */
public record SnapshotSweep(int packs, long freedBytes, long rewrittenBytes, List<String> left) {
    public SnapshotSweep {
        left = List.copyOf(left);
    }
}
