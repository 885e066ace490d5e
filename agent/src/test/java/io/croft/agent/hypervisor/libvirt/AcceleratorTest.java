package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceleratorTest {
    @TempDir
    Path folder;

    @Test
    void kvmNeedsADeviceThatOpensAndAProcessorWithTheFlag() throws IOException {
        var device = Files.createFile(folder.resolve("kvm"));
        assertThat(Accelerator.usable(device, cpu("fpu vmx sse"))).isTrue();
        assertThat(Accelerator.usable(device, cpu("fpu svm"))).isTrue();
        assertThat(Accelerator.usable(device, cpu("fpu svm_lock avmx"))).isFalse();
        assertThat(Accelerator.usable(folder.resolve("none"), cpu("vmx"))).isFalse();
        // Readable and writable, by its mode and to root, and nothing that can be opened.
        assertThat(Accelerator.usable(folder, cpu("vmx"))).isFalse();
    }

    private Path cpu(String flags) throws IOException {
        return Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nflags\t\t: " + flags + "\n");
    }
}
