package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a volume; what is null stays as it is.
 *
 * @param sizeGib in GiB
 * @param iops I/O operations per second
 * @param throughput in MiB/s
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html">ModifyVolume</a>
 */
public record VolumeChange(
        @Nullable Integer sizeGib,
        @Nullable VolumeType type,
        @Nullable Integer iops,
        @Nullable Integer throughput) {
    private static final int IOPS_OF_ANOTHER_TYPE = 3_000;

    /**
     * The volume that it makes of one.
     *
     * @throws CloudException MissingParameter when it changes nothing, InvalidParameterValue for a smaller size
     */
    VolumeShape of(VolumeShape old) {
        if (sizeGib == null && type == null && iops == null && throughput == null) {
            throw new CloudException(
                    ErrorCode.MISSING_PARAMETER,
                    "The request must contain one of the parameters Size, VolumeType, Iops and Throughput");
        }
        var size = Objects.requireNonNullElse(sizeGib, old.sizeGib());
        if (size < old.sizeGib()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "New size cannot be smaller than existing size");
        }
        var kind = Objects.requireNonNullElse(type, old.type());
        var same = kind == old.type();
        return new VolumeShape(
                kind,
                size,
                iops == null ? (same ? old.iops() : ownIops(kind)) : iops,
                throughput == null && same ? old.throughput() : throughput);
    }

    /** What a volume gets that comes to another type, unless its type gives it of itself. */
    private static @Nullable Integer ownIops(VolumeType type) {
        return switch (type) {
            case IO1, IO2 -> IOPS_OF_ANOTHER_TYPE;
            case GP2, GP3, ST1, SC1, STANDARD -> null;
        };
    }
}
