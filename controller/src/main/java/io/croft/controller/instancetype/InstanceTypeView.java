package io.croft.controller.instancetype;

/**
 * An instance type.
 *
 * @param name such as {@code t3.nano}
 * @param vcpus virtual CPUs
 * @param threadsPerCore of its virtual CPUs
 * @param memoryMib memory in MiB
 * @param architecture {@code x86_64} or {@code arm64}
 * @param burstable whether EC2 counts it among those with CPU credits; Croft gives it its whole CPUs always
 * @param maxInterfaces network interfaces at most
 * @param builtIn whether it is one of EC2's own, not the operator's
 */
public record InstanceTypeView(
        String name,
        int vcpus,
        int threadsPerCore,
        int memoryMib,
        String architecture,
        boolean burstable,
        int maxInterfaces,
        boolean builtIn) {
    /** What is told of the network of any type. */
    public static final String NETWORK_PERFORMANCE = "Up to the host's network";

    /** The most memory that EC2 hibernates, which is as good a bound as any for what one stop may write to a host's disk. */
    static final int MOST_HIBERNATED_MIB = 150 * 1024;

    /** Whether its instances may be hibernated. */
    public boolean hibernates() {
        return memoryMib <= MOST_HIBERNATED_MIB;
    }

    public long memoryBytes() {
        return memoryMib * 1024L * 1024L;
    }
}
