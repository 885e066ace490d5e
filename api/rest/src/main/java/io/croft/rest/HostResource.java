package io.croft.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor host.
 *
 * @param state where it stands: {@code enrolled}, {@code ready}, {@code suspect}, {@code unreachable}, {@code dead} once that is proved, or {@code returning} until what has been given away since has ended there
 * @param capacity what can be promised of it
 * @param free what can still be promised
 * @param accelerator {@code kvm} or {@code tcg}; null before its first full report, as are the other facts
 * @param emulated the other architectures whose instances it takes, by emulation
 * @param problems what keeps it from taking instances
 * @param warnings what it was told to offer and cannot; it takes instances all the same
 * @param underlay by what it and other hosts are one network for the VPCs that they share; null where VPCs end at the host
 * @param lastHeard null when it has never reported
 * @param cordon why it takes no new instances for now; null when it does
 * @param fence how often it was proved dead
 * @param held how many of its instances ended or stop while it is away, and hold addresses and claims until its own proof or the operator's word that it is dead
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
        @Nullable Underlay underlay,
        String enrolled,
        @Nullable String lastHeard,
        @Nullable String cordon,
        long fence,
        int held) {
    /**
     * A host's way to other hosts.
     *
     * @param address its address there
     * @param link the card that has it
     * @param mtu the card's, in bytes
     */
    public record Underlay(String address, String link, int mtu) {}

    /** An amount of what a host gives. */
    public record Amount(int vcpus, long memoryBytes, long diskBytes) {}
}
