package io.croft.rest.tenant;

/** A size that instances come in. */
public record InstanceType(
        String name,
        int vcpus,
        int threadsPerCore,
        int memoryMib,
        String architecture,
        boolean burstable,
        int maxInterfaces) {}
