package io.croft.agent.hypervisor.libvirt;

import java.nio.file.Path;
import java.util.List;

/**
 * Where and how to run machines.
 *
 * @param uri libvirt's connection URI, such as {@code qemu:///system}
 * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
 * @param emulated the architectures besides the host's own that machines may have, by emulation; EC2's names
 * @param restart the command that restarts libvirt's daemon; empty to find out
 * @param consoles the folder of the serial consoles' logs
 */
public record LibvirtSettings(
        String uri, String accelerator, List<String> emulated, List<String> restart, Path consoles) {
    public LibvirtSettings {
        emulated = List.copyOf(emulated);
        restart = List.copyOf(restart);
    }
}
