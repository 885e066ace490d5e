package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.hypervisor.HypervisorException;
import org.junit.jupiter.api.Test;

class MachineChoiceTest {
    private static final String X86 = """
            <guest><os_type>hvm</os_type><arch name='x86_64'><emulator>/usr/bin/qemu-system-x86_64</emulator>
              <machine canonical='pc-q35-7.2' maxCpus='288'>q35</machine><machine>pc-q35-7.2</machine></arch></guest>
            """;
    private static final String ARM = """
            <guest><os_type>hvm</os_type><arch name='aarch64'><emulator>/usr/bin/qemu-system-aarch64</emulator>
              <machine canonical='virt-7.2' maxCpus='512'>virt</machine></arch></guest>
            """;

    private static String host(String guests) {
        return "<capabilities><host><cpu><arch>x86_64</arch></cpu></host>" + guests + "</capabilities>";
    }

    @Test
    void theHostsOwnBoardHasItsVersion() {
        assertThat(MachineChoice.own(host(X86 + ARM), Accelerator.KVM))
                .isEqualTo(new Machine(Accelerator.KVM, Board.Q35, "pc-q35-7.2", "/usr/bin/qemu-system-x86_64"));
    }

    @Test
    void whatLibvirtCannotRunIsNotOffered() {
        var kvm = MachineChoice.own(host(X86), Accelerator.KVM);
        assertThat(MachineChoice.offers(host(X86), kvm)).isFalse();
        assertThat(MachineChoice.offers(host(X86.replace("</arch>", "<domain type='qemu'/></arch>")), kvm))
                .isFalse();
        assertThat(MachineChoice.offers(
                        host(X86.replace("</arch>", "<domain type='qemu'/><domain type='kvm'/></arch>")), kvm))
                .isTrue();
    }

    @Test
    void anotherArchitectureIsEmulated() {
        assertThat(MachineChoice.emulated(host(X86 + ARM), Board.VIRT))
                .isEqualTo(new Machine(Accelerator.TCG, Board.VIRT, "virt-7.2", "/usr/bin/qemu-system-aarch64"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> MachineChoice.emulated(host(X86), Board.VIRT))
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("install qemu-system-arm and qemu-efi-aarch64");
    }

    @Test
    void missingFirmwareIsNamed() {
        assertThatThrownBy(() -> MachineChoice.requireFirmware(firmware(""), Board.VIRT))
                .isInstanceOf(HypervisorException.class)
                .hasMessage("libvirt finds no UEFI firmware for aarch64: install qemu-efi-aarch64");
        MachineChoice.requireFirmware(firmware("<value>efi</value>"), Board.VIRT);
    }

    private static String firmware(String values) {
        return "<domainCapabilities><arch>aarch64</arch><os supported='yes'><enum name='firmware'>" + values
                + "</enum></os></domainCapabilities>";
    }
}
