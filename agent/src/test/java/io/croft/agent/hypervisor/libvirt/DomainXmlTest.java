package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.hypervisor.VmSpecs;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DomainXmlTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T00:00:00Z");
    private static final InstanceId ID = new InstanceId("i-0123456789abcdef0");
    private static final Machine MACHINE =
            new Machine(Accelerator.TCG, Board.Q35, "pc-q35-7.2", "/usr/bin/qemu-system-x86_64");

    @Test
    void aFileDiskIsNamedFormattedAndStopsOnErrors() {
        assertThat(render(new DiskSource(DiskSource.Kind.FILE, "/disks/it's.qcow2", DiskSource.Format.QCOW2)))
                .contains("""
                            <disk type='file' device='disk'>
                              <driver name='qemu' type='qcow2' cache='writeback' io='threads' discard='unmap' detect_zeroes='unmap' error_policy='stop' rerror_policy='stop'/>
                              <source file='/disks/it&apos;s.qcow2'/>
                              <target dev='vda' bus='virtio'/>
                              <serial>vol0123456789abcdef0</serial>
                            </disk>
                        """);
    }

    @Test
    void aBlockDiskGoesPastTheHostsCache() {
        assertThat(render(new DiskSource(DiskSource.Kind.BLOCK, "/dev/vg/v", DiskSource.Format.RAW)))
                .contains("<disk type='block'", "type='raw' cache='none' io='native'", "<source dev='/dev/vg/v'/>");
    }

    @Test
    void cloudInitKnowsEc2ByUuidAndSerial() {
        var uuid = DomainUuid.of(ID).toString();
        assertThat(render(new DiskSource(DiskSource.Kind.FILE, "/d", DiskSource.Format.QCOW2)))
                .contains("""
                            <system>
                              <entry name='manufacturer'>Amazon EC2</entry>
                              <entry name='serial'>%s</entry>
                              <entry name='uuid'>%s</entry>
                            </system>
                        """.formatted(uuid, uuid));
    }

    @Test
    void anArmMachineIsWholeAndEmulated() {
        var virt = new Machine(Accelerator.TCG, Board.VIRT, "virt-7.2", "/usr/bin/qemu-system-aarch64");
        var spec = VmSpecs.small(ID, new DiskSource(DiskSource.Kind.FILE, "/d", DiskSource.Format.QCOW2));
        var arm = new VmSpec(
                spec.id(),
                spec.account(),
                spec.generation(),
                spec.vcpus(),
                spec.memoryBytes(),
                "arm64",
                BootMode.UEFI,
                spec.disks(),
                spec.nics());
        var xml = new DomainXml(virt, "/consoles/x.log").render(arm, SINCE);
        var uuid = DomainUuid.of(ID);
        assertThat(xml.replaceAll("(    <controller type='pci' model='pcie-root-port'/>\n)+", ""))
                .isEqualTo("""
                        <domain type='qemu'>
                          <name>i-0123456789abcdef0</name>
                          <uuid>%s</uuid>
                          <metadata>%s</metadata>
                          <memory unit='b'>134217728</memory>
                          <vcpu>1</vcpu>
                          <os firmware='efi'><type arch='aarch64' machine='virt-7.2'>hvm</type><firmware><feature enabled='no' name='enrolled-keys'/><feature enabled='no' name='secure-boot'/></firmware><boot dev='hd'/><smbios mode='sysinfo'/></os>
                          <sysinfo type='smbios'>
                            <bios><entry name='vendor'>Amazon EC2</entry></bios>
                            <system>
                              <entry name='manufacturer'>Amazon EC2</entry>
                              <entry name='serial'>%s</entry>
                              <entry name='uuid'>%s</entry>
                            </system>
                            <chassis><entry name='asset'>i-0123456789abcdef0</entry></chassis>
                          </sysinfo>
                          <features><acpi/><gic version='3'/><tcg><tb-cache unit='MiB'>64</tb-cache></tcg></features>
                          <cpu mode='custom' match='exact'><model fallback='forbid'>cortex-a57</model></cpu>
                          <clock offset='utc'/>
                          <on_poweroff>destroy</on_poweroff>
                          <on_reboot>restart</on_reboot>
                          <on_crash>destroy</on_crash>
                          <devices>
                            <emulator>/usr/bin/qemu-system-aarch64</emulator>
                            <controller type='pci' model='pcie-root'/>
                            <disk type='file' device='disk'>
                              <driver name='qemu' type='qcow2' cache='writeback' io='threads' discard='unmap' detect_zeroes='unmap' error_policy='stop' rerror_policy='stop'/>
                              <source file='/d'/>
                              <target dev='vda' bus='virtio'/>
                              <serial>vol0123456789abcdef0</serial>
                            </disk>

                            <serial type='pty'>
                              <log file='/consoles/x.log' append='on'/>
                              <target type='system-serial' port='0'><model name='pl011'/></target>
                            </serial>
                            <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
                            <graphics type='vnc'><listen type='socket'/></graphics>
                            <video><model type='virtio'/></video>
                            <rng model='virtio'><rate bytes='1024' period='1000'/><backend model='random'>/dev/urandom</backend></rng>
                            <memballoon model='virtio' freePageReporting='on'><stats period='10'/></memballoon>
                          </devices>
                        </domain>
                        """.formatted(uuid, DomainTag.render(arm, SINCE, true), uuid, uuid));
    }

    @Test
    void theTapIsOursAndPortsAreAllocatedUpFront() {
        var xml = render(new DiskSource(DiskSource.Kind.FILE, "/d", DiskSource.Format.QCOW2));
        assertThat(xml)
                .contains(
                        "<domain type='qemu'>",
                        "<mac address='02:00:00:00:00:05'/>",
                        "<target dev='cftt01234567' managed='no'/>",
                        "<rom enabled='no'/>",
                        "machine='pc-q35-7.2'",
                        "<log file='/consoles/x.log' append='on'/>",
                        "<listen type='socket'/>");
        assertThat(xml.split("pcie-root-port", -1)).hasSize(25);
    }

    @Test
    void theMetadataSurvivesTheRoundTrip() {
        var spec = VmSpecs.small(ID, new DiskSource(DiskSource.Kind.FILE, "/d", DiskSource.Format.QCOW2), "cftt0");
        var account = new AccountId("123456789012");
        assertThat(DomainTag.parse(DomainTag.render(spec, SINCE, true)))
                .isEqualTo(new DomainTag(ID, account, new Generation(3), SINCE, true, false));
        assertThat(DomainTag.parse("<instance id='%s' account='%s' generation='3'/>".formatted(ID, account)))
                .as("one of before")
                .isEqualTo(new DomainTag(ID, account, new Generation(3), null, false, false));
    }

    /** libvirt gives an element back without its namespace, and in quotes of its own choice. */
    @Test
    void aPanicIsNotedOnceAndForgotten() {
        for (var quote : List.of("'", "\"")) {
            var element =
                    "<instance id='i-0123456789abcdef0' account='123456789012' generation='3'><volume id='v'/></instance>"
                            .replace("'", quote);
            var noted = DomainTag.notePanic(element, true);
            assertThat(DomainTag.parse(noted).panicked()).isTrue();
            assertThat(DomainTag.notePanic(noted.replace("'", quote), true).split("panicked", -1))
                    .hasSize(2);
            assertThat(DomainTag.notePanic(noted.replace("'", quote), false)).isEqualTo(element);
        }
    }

    @Test
    void aGuestThatPanicsCanTell() {
        var xml = render(new DiskSource(DiskSource.Kind.FILE, "/d", DiskSource.Format.QCOW2));
        assertThat(xml).contains("<panic model='isa'/>", "<on_crash>preserve</on_crash>");
    }

    @Test
    void everyUuidBeginsWithEc2AndIsAWellFormedRandomOne() {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++) {
            var uuid = DomainUuid.of(InstanceId.random(random));
            assertThat(uuid.toString()).startsWith("ec2");
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
        }
        assertThat(DomainUuid.of(ID))
                .isEqualTo(DomainUuid.of(ID))
                .isNotEqualTo(DomainUuid.of(InstanceId.random(random)));
    }

    private static String render(DiskSource source) {
        return new DomainXml(MACHINE, "/consoles/x.log").render(VmSpecs.small(ID, source, "cftt01234567"), SINCE);
    }
}
