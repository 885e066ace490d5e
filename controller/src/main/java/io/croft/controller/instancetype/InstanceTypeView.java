package io.croft.controller.instancetype;

import java.util.List;

/**
 * An instance type.
 *
 * @param name such as {@code t3.nano}
 * @param vcpus virtual CPUs
 * @param threadsPerCore of its virtual CPUs
 * @param memoryMib memory in MiB
 * @param architecture {@code x86_64} or {@code arm64}, that of its hosts
 * @param burstable whether EC2 counts it among those with CPU credits; Croft gives it its whole CPUs always
 * @param maxInterfaces network interfaces at most
 * @param builtIn whether it is one of EC2's own, not the operator's
 * @param facts what else EC2 tells of it
 */
public record InstanceTypeView(
        String name,
        int vcpus,
        int threadsPerCore,
        int memoryMib,
        String architecture,
        boolean burstable,
        int maxInterfaces,
        boolean builtIn,
        InstanceTypeFacts facts) {
    /** What is told of the network of a type of which EC2 tells nothing. */
    public static final String NETWORK_PERFORMANCE = "Up to the host's network";

    /** The most memory that EC2 hibernates, which is as good a bound as any for what one stop may write to a host's disk. */
    static final int MOST_HIBERNATED_MIB = 150 * 1024;

    /** A type of the operator's own. */
    public InstanceTypeView(
            String name,
            int vcpus,
            int threadsPerCore,
            int memoryMib,
            String architecture,
            boolean burstable,
            int maxInterfaces) {
        this(
                name,
                vcpus,
                threadsPerCore,
                memoryMib,
                architecture,
                burstable,
                maxInterfaces,
                false,
                InstanceTypeFacts.ofOperators(architecture));
    }

    /** Whether its instances may be hibernated. */
    public boolean hibernates() {
        return memoryMib <= MOST_HIBERNATED_MIB;
    }

    /** Whether hosts can run it: none passes a graphics processor on. */
    public boolean isOffered() {
        return facts.gpus() == null;
    }

    /** Of the images that run on it. */
    public List<String> architectures() {
        return facts.runsI386() ? List.of("i386", architecture) : List.of(architecture);
    }

    public int cores() {
        return vcpus / threadsPerCore;
    }

    public long memoryBytes() {
        return memoryMib * 1024L * 1024L;
    }
}
