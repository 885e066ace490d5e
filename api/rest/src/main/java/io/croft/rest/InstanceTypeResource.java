package io.croft.rest;

/**
 * An instance type.
 *
 * @param architecture {@code x86_64} or {@code arm64}
 * @param burstable whether EC2 counts it among those with CPU credits
 * @param maxInterfaces network interfaces at most
 * @param builtIn whether it is one of EC2's own, which cannot be changed or removed
 */
public record InstanceTypeResource(
        String name,
        int vcpus,
        int threadsPerCore,
        int memoryMib,
        String architecture,
        boolean burstable,
        int maxInterfaces,
        boolean builtIn) {}
