package io.croft.agent.hypervisor.libvirt;

/**
 * The virtual hardware that this host gives its machines of one architecture.
 *
 * @param type a versioned machine type, such as {@code pc-q35-7.2}: an alias would change under a machine that is stopped and started
 * @param emulator the emulator's path
 */
record Machine(Accelerator accelerator, Board board, String type, String emulator) {
    String cpuElement() {
        return emulated() ? board.emulatedCpu() : accelerator.cpuElement();
    }

    /** Whether its processor is emulated. */
    boolean emulated() {
        return accelerator == Accelerator.TCG;
    }

    /** What {@code <features>} holds. */
    String features() {
        return emulated()
                ? board.features() + board.emulatedFeatures() + accelerator.featureElement()
                : board.features() + accelerator.featureElement();
    }
}
