package io.croft.controller.blockstorage.volume;

import org.jspecify.annotations.Nullable;

/**
 * What a volume of a type may be.
 *
 * @param boots whether it can be a root volume
 * @param gib its size
 * @param iops null where none can be asked for
 * @param throughput in MiB/s; null where none can be asked for
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html">Amazon EBS volume types</a>
 */
record VolumeLimits(
        boolean boots,
        Range gib,
        @Nullable Iops iops,
        @Nullable Range throughput) {
    record Range(int least, int most) {}

    /** I/O operations per second; of those above the least, so many for each GiB at most. */
    record Iops(Range range, int mostPerGib) {}

    static VolumeLimits of(VolumeType type) {
        return switch (type) {
            case GP2 -> new VolumeLimits(true, new Range(1, 16_384), null, null);
            case GP3 ->
                new VolumeLimits(
                        true, new Range(1, 65_536), new Iops(new Range(3_000, 80_000), 500), new Range(125, 2_000));
            case IO1 -> new VolumeLimits(true, new Range(4, 16_384), new Iops(new Range(100, 64_000), 50), null);
            case IO2 -> new VolumeLimits(true, new Range(4, 65_536), new Iops(new Range(100, 256_000), 1_000), null);
            case ST1, SC1 -> new VolumeLimits(false, new Range(125, 16_384), null, null);
            case STANDARD -> new VolumeLimits(true, new Range(1, 1_024), null, null);
        };
    }
}
