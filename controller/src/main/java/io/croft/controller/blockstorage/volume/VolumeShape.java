package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeLimits.Iops;
import io.croft.controller.blockstorage.volume.VolumeLimits.Range;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A volume's type and size, and the performance that was asked for.
 *
 * @param sizeGib in GiB
 * @param iops I/O operations per second; null where none were asked for
 * @param throughput in MiB/s; null where none was asked for
 */
public record VolumeShape(
        VolumeType type,
        int sizeGib,
        @Nullable Integer iops,
        @Nullable Integer throughput) {
    private static final int LEAST_IOPS_PER_THROUGHPUT = 4;

    /** The I/O operations per second that it is shown with: those asked for, or what its type gives; null where EC2 tells none. */
    public @Nullable Integer provisionedIops() {
        return iops == null ? type.ownIops(sizeGib) : iops;
    }

    /** The throughput that it is shown with, in MiB/s; null where EC2 tells none. */
    public @Nullable Integer provisionedThroughput() {
        return throughput == null ? type.ownThroughput() : throughput;
    }

    /** One that asks for what this one is shown with, as far as its type can be asked. */
    VolumeShape asked() {
        var limits = VolumeLimits.of(type);
        return new VolumeShape(
                type, sizeGib, limits.iops() == null ? null : iops, limits.throughput() == null ? null : throughput);
    }

    /**
     * Does nothing when EC2 takes such a root volume.
     *
     * @throws CloudException as {@link #check}; InvalidParameterCombination for a type that no instance boots from
     */
    public void checkRoot() {
        if (!VolumeLimits.of(type).boots()) {
            throw combination("The volume type " + type.ec2Name() + " is not compatible with root volumes.");
        }
        check();
    }

    /**
     * Does nothing when EC2 takes such a volume.
     *
     * @throws CloudException InvalidParameterCombination for parts that the type does not have, InvalidParameterValue for too little or too much of one
     */
    public void check() {
        var limits = VolumeLimits.of(type);
        checkSize(limits.gib());
        checkIops(limits.iops());
        checkThroughput(limits.throughput());
    }

    private void checkSize(Range allowed) {
        var name = type.ec2Name();
        if (sizeGib < allowed.least()) {
            throw value("The volume size is invalid for " + name + " volumes: " + sizeGib + " GiB. " + name
                    + " volumes must be at least " + allowed.least()
                    + " GiB in size. Please specify a volume size above the minimum limit.");
        }
        if (sizeGib > allowed.most()) {
            throw value("Volume of " + sizeGib + "GiB is too large for volume type " + name + "; maximum is "
                    + allowed.most() + "GiB");
        }
    }

    private void checkIops(@Nullable Iops allowed) {
        if (iops == null) {
            if (allowed != null && provisionedIops() == null) {
                throw combination("The parameter iops must be specified for " + type.ec2Name() + " volumes.");
            }
            return;
        }
        if (allowed == null) {
            throw combination("The parameter iops is not supported for " + type.ec2Name() + " volumes.");
        }
        checkRange("iops", iops, allowed.range());
        if (iops > Math.max(allowed.range().least(), (long) allowed.mostPerGib() * sizeGib)) {
            throw value("Iops to volume size ratio of " + ratio(iops, sizeGib) + " is too high; maximum is "
                    + allowed.mostPerGib());
        }
    }

    private void checkThroughput(@Nullable Range allowed) {
        if (throughput == null) {
            return;
        }
        if (allowed == null) {
            throw combination("The throughput parameter is not supported for " + type.ec2Name() + " volumes.");
        }
        checkRange("throughput", throughput, allowed);
        var operations = Objects.requireNonNull(provisionedIops());
        if (throughput * LEAST_IOPS_PER_THROUGHPUT > operations) {
            throw value("Throughput (MiBps) to iops ratio of " + ratio(throughput, operations)
                    + " is too high; maximum is " + ratio(1, LEAST_IOPS_PER_THROUGHPUT) + " MiBps per iops");
        }
    }

    private static void checkRange(String what, int asked, Range allowed) {
        if (asked < allowed.least()) {
            throw value("Volume " + what + " of " + asked + " is too low; minimum is " + allowed.least() + ".");
        }
        if (asked > allowed.most()) {
            throw value("Volume " + what + " of " + asked + " is too high; maximum is " + allowed.most() + ".");
        }
    }

    private static String ratio(int upper, int lower) {
        return String.format(Locale.ROOT, "%.6f", (double) upper / lower);
    }

    private static CloudException value(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }

    private static CloudException combination(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, sentence);
    }
}
