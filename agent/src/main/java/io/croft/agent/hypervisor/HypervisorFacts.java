package io.croft.agent.hypervisor;

/**
 * What a hypervisor offers.
 *
 * @param architecture {@code x86_64} or {@code arm64}
 * @param accelerator {@code kvm} or {@code tcg}
 */
public record HypervisorFacts(String architecture, String accelerator) {}
