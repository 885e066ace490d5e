package io.croft.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance type.
 *
 * @param architecture {@code x86_64} or {@code arm64}
 * @param architectures of the images that run on it; null from a controller that does not say
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
        @Nullable List<String> architectures,
        boolean burstable,
        int maxInterfaces,
        boolean builtIn) {
    public InstanceTypeResource {
        architectures = architectures == null ? null : List.copyOf(architectures);
    }
}
