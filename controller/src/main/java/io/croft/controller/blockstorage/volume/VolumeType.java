package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EC2's volume types. A host gives a volume what {@link VolumePerformance} says of its type, if its disk does so much. */
public enum VolumeType {
    GP2,
    GP3,
    IO1,
    IO2,
    ST1,
    SC1,
    STANDARD;

    /** What one gets without a word at a launch. */
    public static final VolumeType DEFAULT = GP3;

    /** What one gets without a word by itself: CreateVolume has kept to it. */
    public static final VolumeType DEFAULT_ALONE = GP2;

    /**
     * The type of that name.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static VolumeType named(String ec2Name) {
        return Arrays.stream(values())
                .filter(t -> t.ec2Name().equals(ec2Name))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "Invalid volume type: '" + ec2Name + "'"));
    }

    /** EC2's name, such as {@code gp3}. */
    public String ec2Name() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The I/O operations per second of a volume of so many GiB that asks for none; null where EC2 tells none. */
    @Nullable
    Integer ownIops(int sizeGib) {
        return switch (this) {
            case GP2 -> Math.clamp(3L * sizeGib, 100, 16_000);
            case GP3 -> 3_000;
            case IO1, IO2, ST1, SC1, STANDARD -> null;
        };
    }

    /** The throughput of a volume that asks for none, in MiB/s; null where EC2 tells none. */
    @Nullable
    Integer ownThroughput() {
        return this == GP3 ? 125 : null;
    }
}
