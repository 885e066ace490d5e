package io.croft.controller.blockstorage.snapshot.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a sweep did, or would do.
 *
 * @param packs that go
 * @param left lineages that were left alone, each with the reason
 * @param freed bytes that are free then
 * @param rewritten bytes that are written anew for that
 */
public record SweepReport(List<String> packs, List<String> left, long freed, long rewritten) {
    public SweepReport {
        packs = List.copyOf(packs);
        left = List.copyOf(left);
    }

    /** Both together. */
    SweepReport and(SweepReport other) {
        return new SweepReport(
                Stream.concat(packs.stream(), other.packs.stream()).toList(),
                Stream.concat(left.stream(), other.left.stream()).toList(),
                freed + other.freed,
                rewritten + other.rewritten);
    }
}
