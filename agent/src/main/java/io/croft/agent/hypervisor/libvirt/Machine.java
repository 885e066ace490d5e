package io.croft.agent.hypervisor.libvirt;

/**
 * The virtual hardware that this host gives its machines.
 *
 * @param type a versioned machine type, such as {@code pc-q35-7.2}: an alias would change under a machine that is stopped and started
 * @param emulator the emulator's path
 */
record Machine(Accelerator accelerator, String arch, String type, String emulator) {}
