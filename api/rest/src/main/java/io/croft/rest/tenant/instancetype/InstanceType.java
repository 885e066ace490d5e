package io.croft.rest.tenant.instancetype;

import java.util.List;

/**
 * A size that instances come in.
 *
 * @param architecture that of the hosts that run it
 * @param architectures of the images that run on it
 */
public record InstanceType(
        String name,
        int vcpus,
        int threadsPerCore,
        int memoryMib,
        String architecture,
        List<String> architectures,
        boolean burstable,
        int maxInterfaces) {
    public InstanceType {
        architectures = List.copyOf(architectures);
    }
}
