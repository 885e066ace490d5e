package io.croft.agent.hypervisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hypervisor offers.
 *
 * @param architecture the host's own: {@code x86_64} or {@code arm64}
 * @param accelerator {@code kvm} or {@code tcg}, for machines of that architecture
 * @param emulated the other architectures that machines may have, slowly
 * @param warnings what it was told to offer and cannot, one sentence each
 * @param lookUpMillis what it takes each time that it looks up what the emulator can do; null before it was measured
 */
public record HypervisorFacts(
        String architecture,
        String accelerator,
        List<String> emulated,
        List<String> warnings,
        @Nullable Long lookUpMillis) {
    public HypervisorFacts {
        emulated = List.copyOf(emulated);
        warnings = List.copyOf(warnings);
    }
}
