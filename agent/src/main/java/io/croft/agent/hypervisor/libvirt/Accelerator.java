package io.croft.agent.hypervisor.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How guests' instructions run. KVM needs a device that opens and a processor with vmx or svm: without either flag the device may exist and answer, and every
 * ordinary guest still hangs.
 */
enum Accelerator {
    KVM("kvm", "<cpu mode='host-model'/>", ""),
    /** Unbounded, the cache of translated code grows to a GiB a machine. */
    TCG("qemu", "", "<tcg><tb-cache unit='MiB'>64</tb-cache></tcg>");

    /** The setting that leaves the choice to the host. */
    static final String AUTO = "auto";

    private final String domainType;
    private final String cpuElement;
    private final String featureElement;

    Accelerator(String domainType, String cpuElement, String featureElement) {
        this.domainType = domainType;
        this.cpuElement = cpuElement;
        this.featureElement = featureElement;
    }

    /** The {@code type} attribute of {@code <domain>}. */
    String domainType() {
        return domainType;
    }

    /** The {@code <cpu>} element; empty for the emulator's default. */
    String cpuElement() {
        return cpuElement;
    }

    /** What {@code <features>} holds for it alone. */
    String featureElement() {
        return featureElement;
    }

    /**
     * The accelerator that {@code setting} asks for.
     *
     * @throws IllegalArgumentException when it is none of auto, kvm and tcg
     */
    static Accelerator choose(String setting) {
        return switch (setting) {
            case "kvm" -> KVM;
            case "tcg" -> TCG;
            case AUTO -> usable(Path.of("/dev/kvm"), Path.of("/proc/cpuinfo")) ? KVM : TCG;
            default -> throw new IllegalArgumentException("accelerator is auto, kvm or tcg, not \"" + setting + "\"");
        };
    }

    /** A device without a driver behind it may have any mode, so it is opened. */
    private static boolean opens(Path device) {
        try (var opened = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return opened.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    static boolean usable(Path device, Path cpuinfo) {
        if (!opens(device)) {
            return false;
        }
        try (var lines = Files.lines(cpuinfo)) {
            return lines.filter(l -> l.startsWith("flags")).anyMatch(l -> (l + " ").matches(".*\\s(vmx|svm)\\s.*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
