package io.croft.agent.hypervisor;

import java.util.List;

/**
 * What a hypervisor offers.
 *
 * @param architecture the host's own: {@code x86_64} or {@code arm64}
 * @param accelerator {@code kvm} or {@code tcg}, for machines of that architecture
 * @param emulated the other architectures that machines may have, slowly
 * @param problems what keeps it from offering what it was told to, one sentence each
 */
public record HypervisorFacts(String architecture, String accelerator, List<String> emulated, List<String> problems) {
    public HypervisorFacts {
        emulated = List.copyOf(emulated);
        problems = List.copyOf(problems);
    }
}
