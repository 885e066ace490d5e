package io.croft.agent.hypervisor.libvirt;

/**
 * The virtual hardware that this host gives its machines of one architecture.
 *
 * @param type a versioned machine type, such as {@code pc-q35-7.2}: an alias would change under a machine that is stopped and started
 * @param emulator the emulator's path
 */
record Machine(Accelerator accelerator, Board board, String type, String emulator) {
    String cpuElement() {
        return accelerator == Accelerator.TCG ? board.emulatedCpu() : accelerator.cpuElement();
    }

    /** What {@code <features>} holds. */
    String features() {
        return accelerator == Accelerator.TCG
                ? board.features() + board.emulatedFeatures() + accelerator.featureElement()
                : board.features() + accelerator.featureElement();
    }
}
