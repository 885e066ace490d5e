package io.croft.rest;

import java.util.Objects;

/**
 * A request for an instance type of the operator's own; its name is in the path.
 *
 * @param architecture {@code x86_64} or {@code arm64}
 * @param maxInterfaces network interfaces at most
 */
public record NewInstanceType(
        int vcpus, int threadsPerCore, int memoryMib, String architecture, boolean burstable, int maxInterfaces) {
    /** Every field is required. */
    public NewInstanceType {
        Objects.requireNonNull(architecture, "architecture is missing");
    }
}
