package io.croft.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor host.
 *
 * @param state where it stands, such as {@code up} or {@code unreachable}
 * @param capacity what can be promised of it
 * @param free what can still be promised
 * @param accelerator {@code kvm} or {@code tcg}; null before its first full report, as are the other facts
 * @param emulated the other architectures whose instances it takes, by emulation
 * @param problems what keeps it from taking instances
 * @param warnings what it was told to offer and cannot; it takes instances all the same
 * @param lastHeard null when it has never reported
 * @param cordon why it takes no new instances for now; null when it does
 */
public record HostResource(
        String id,
        String name,
        String zone,
        String state,
        Amount capacity,
        Amount free,
        @Nullable String architecture,
        @Nullable String accelerator,
        List<String> emulated,
        @Nullable String agentVersion,
        List<String> problems,
        List<String> warnings,
        String enrolled,
        @Nullable String lastHeard,
        @Nullable String cordon) {
    /** An amount of what a host gives. */
    public record Amount(int vcpus, long memoryBytes, long diskBytes) {}
}
