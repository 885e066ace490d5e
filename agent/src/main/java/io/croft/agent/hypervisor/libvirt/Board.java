package io.croft.agent.hypervisor.libvirt;

import java.util.Arrays;
import java.util.Optional;

/** The board of each architecture's machines, and what libvirt has to be told of it. */
enum Board {
    Q35(
            "x86_64",
            "x86_64",
            "q35",
            "<acpi/><apic/>",
            "",
            "",
            "<target type='isa-serial' port='0'/>",
            "vga",
            "<panic model='isa'/>",
            "qemu-system-x86",
            "ovmf"),
    /**
     * Its emulated processor would be one of 32 bits unless told otherwise, the interrupt controller that it would have stops at 8 processors, and its
     * screen has no old VGA. Its guests' panics cannot be told: the device for it needs libvirt 9.1.
     */
    VIRT(
            "arm64",
            "aarch64",
            "virt",
            "<acpi/>",
            "<gic version='3'/>",
            "<cpu mode='custom' match='exact'><model fallback='forbid'>cortex-a57</model></cpu>",
            "<target type='system-serial' port='0'><model name='pl011'/></target>",
            "virtio",
            "",
            "qemu-system-arm and qemu-efi-aarch64",
            "qemu-efi-aarch64");

    private final String architecture;
    private final String qemuArchitecture;
    private final String alias;
    private final String features;
    private final String emulatedFeatures;
    private final String emulatedCpu;
    private final String serialTarget;
    private final String video;
    private final String panic;
    private final String packages;
    private final String firmwarePackage;

    Board(
            String architecture,
            String qemuArchitecture,
            String alias,
            String features,
            String emulatedFeatures,
            String emulatedCpu,
            String serialTarget,
            String video,
            String panic,
            String packages,
            String firmwarePackage) {
        this.architecture = architecture;
        this.qemuArchitecture = qemuArchitecture;
        this.alias = alias;
        this.features = features;
        this.emulatedFeatures = emulatedFeatures;
        this.emulatedCpu = emulatedCpu;
        this.serialTarget = serialTarget;
        this.video = video;
        this.panic = panic;
        this.packages = packages;
        this.firmwarePackage = firmwarePackage;
    }

    /** The board for an architecture by EC2's name or by QEMU's. */
    static Optional<Board> of(String name) {
        return Arrays.stream(values())
                .filter(b -> b.architecture.equals(name) || b.qemuArchitecture.equals(name))
                .findFirst();
    }

    /** EC2's name: {@code x86_64} or {@code arm64}. */
    String architecture() {
        return architecture;
    }

    /** QEMU's and libvirt's name. */
    String qemuArchitecture() {
        return qemuArchitecture;
    }

    /** The machine type whose version is the newest that the host has. */
    String alias() {
        return alias;
    }

    /** What {@code <features>} holds for it. */
    String features() {
        return features;
    }

    /** What {@code <features>} holds besides when it is emulated. */
    String emulatedFeatures() {
        return emulatedFeatures;
    }

    /** The {@code <cpu>} element of an emulated processor; empty for the emulator's default. */
    String emulatedCpu() {
        return emulatedCpu;
    }

    /** The {@code <target>} of the first serial port. */
    String serialTarget() {
        return serialTarget;
    }

    /** The model of the screen's card. */
    String video() {
        return video;
    }

    /**
     * The {@code <panic>} device, by which a guest tells that its kernel panicked; empty where there is none. Nothing of the guest's hardware moves
     * by it: it is an I/O port that ACPI names.
     *
     * @see <a href="https://libvirt.org/formatdomain.html#panic-device">Panic device</a>
     */
    String panic() {
        return panic;
    }

    /** Debian's packages that bring it. */
    String packages() {
        return packages;
    }

    /** Whether its machines boot by UEFI alone. */
    boolean needsUefi() {
        return this == VIRT;
    }

    /** Debian's package of its UEFI firmware. */
    String firmwarePackage() {
        return firmwarePackage;
    }
}
