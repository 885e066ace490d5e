package io.croft.controller.fleet;

/**
 * An amount of what hosts give to instances and volumes.
 *
 * @param vcpus virtual CPUs
 * @param memoryBytes memory in bytes
 * @param diskBytes virtual sizes of disks in bytes
 */
public record Resources(int vcpus, long memoryBytes, long diskBytes) {
    public static final Resources NONE = new Resources(0, 0, 0);

    public Resources {
        if (vcpus < 0 || memoryBytes < 0 || diskBytes < 0) {
            throw new IllegalArgumentException(
                    "negative resources: " + vcpus + " vcpus, " + memoryBytes + " memory, " + diskBytes + " disk");
        }
    }

    public Resources plus(Resources other) {
        return new Resources(vcpus + other.vcpus, memoryBytes + other.memoryBytes, diskBytes + other.diskBytes);
    }

    /** What is left of this after {@code other}, never below zero: a host may have shrunk below what it promised. */
    public Resources minus(Resources other) {
        return new Resources(
                Math.max(0, vcpus - other.vcpus),
                Math.max(0, memoryBytes - other.memoryBytes),
                Math.max(0, diskBytes - other.diskBytes));
    }

    /** Whether this is enough for {@code wanted}. */
    public boolean covers(Resources wanted) {
        return vcpus >= wanted.vcpus && memoryBytes >= wanted.memoryBytes && diskBytes >= wanted.diskBytes;
    }
}
