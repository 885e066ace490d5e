package io.croft.agent.hypervisor.libvirt;

import java.nio.file.Path;

/**
 * Where and how to run machines.
 *
 * @param uri libvirt's connection URI, such as {@code qemu:///system}
 * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
 * @param consoles the folder of the serial consoles' logs
 */
public record LibvirtSettings(String uri, String accelerator, Path consoles) {}
