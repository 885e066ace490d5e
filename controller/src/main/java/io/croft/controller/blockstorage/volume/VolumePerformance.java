package io.croft.controller.blockstorage.volume;

import io.croft.protocol.IoLimits;
import io.croft.protocol.IoLimits.Burst;
import io.croft.protocol.IoLimits.Rate;
import java.util.Objects;

/**
 * How fast a volume may be used, by its type, its size and what was asked for: what EC2 gives, with its bursts, however much more the host's disk could do.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html">Amazon EBS volume types</a>
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html">Burst of gp2 volumes</a>
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/hdd-vols.html">Burst of st1 and sc1 volumes</a>
 */
final class VolumePerformance {
    private static final long MIB = 1L << 20;
    private static final int GIB_PER_TIB = 1_024;

    private static final int GP2_BURST = 3_000;
    private static final int GP2_CREDITS = 5_400_000;
    private static final int GP2_SMALL_GIB = 170;
    private static final int GP2_SMALL = 128;
    private static final int GP2_LARGE = 250;

    private static final int IO1_LARGE = 500;
    private static final int IO1_MOST = 1_000;
    private static final int IO2_MOST = 4_000;
    private static final int OPERATIONS_PER_MIB = 4;
    private static final int SMALL_OPERATIONS_PER_MIB = 64;

    private static final int STANDARD_IOPS = 200;
    private static final int STANDARD_THROUGHPUT = 90;

    private VolumePerformance() {}

    static IoLimits of(VolumeShape shape) {
        var gib = shape.sizeGib();
        return switch (shape.type()) {
            case GP2 -> new IoLimits(gp2(iops(shape)), mib(gib <= GP2_SMALL_GIB ? GP2_SMALL : GP2_LARGE));
            case GP3 -> new IoLimits(Rate.of(iops(shape)), mib(Objects.requireNonNull(shape.provisionedThroughput())));
            case IO1 -> new IoLimits(Rate.of(iops(shape)), mib(io1(iops(shape))));
            case IO2 -> new IoLimits(Rate.of(iops(shape)), mib(Math.min(IO2_MOST, iops(shape) / OPERATIONS_PER_MIB)));
            case ST1 -> new IoLimits(Rate.of(500), disk(gib, 40, 250, 500));
            case SC1 -> new IoLimits(Rate.of(250), disk(gib, 12, 80, 250));
            case STANDARD -> new IoLimits(Rate.of(STANDARD_IOPS), mib(STANDARD_THROUGHPUT));
        };
    }

    private static int iops(VolumeShape shape) {
        return Objects.requireNonNull(shape.provisionedIops());
    }

    /** A bucket of credits that fills at the volume's own rate. */
    private static Rate gp2(int own) {
        return own >= GP2_BURST ? Rate.of(own) : new Rate(own, new Burst(GP2_BURST, GP2_CREDITS / GP2_BURST));
    }

    /** Operations of 256 KiB up to what fewer of them give, of 16 KiB beyond. */
    private static int io1(int iops) {
        return Math.clamp(iops / SMALL_OPERATIONS_PER_MIB, Math.min(IO1_LARGE, iops / OPERATIONS_PER_MIB), IO1_MOST);
    }

    /**
     * A rate and a burst for each TiB, and a bucket that holds as much as the volume.
     *
     * @param own MiB/s for each TiB
     * @param burst likewise
     * @param most MiB/s in all
     */
    private static Rate disk(long gib, int own, int burst, int most) {
        var rate = Math.min(most * MIB, gib * own * MIB / GIB_PER_TIB);
        var high = Math.min(most * MIB, gib * burst * MIB / GIB_PER_TIB);
        return high == rate ? Rate.of(rate) : new Rate(rate, new Burst(high, (int) (gib * GIB_PER_TIB * MIB / high)));
    }

    private static Rate mib(int perSecond) {
        return Rate.of(perSecond * MIB);
    }
}
