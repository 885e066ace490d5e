package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmNic;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.InstanceSpec;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Renders a machine as libvirt's domain XML. Its UUID begins with {@code ec2} and is its serial number, too: by both, cloud-init knows that it is on EC2.
 *
 * @see <a href="https://libvirt.org/formatdomain.html">Domain XML format</a>
 */
record DomainXml(Machine machine, String consoleLog) {
    /** Allocated up front: a q35 machine without spare ports takes one or two hot-plugged devices and then none. */
    private static final int ROOT_PORTS = 24;

    /** @param since when it is powered on, which its metadata keeps */
    String render(VmSpec spec, Instant since) {
        var uuid = DomainUuid.of(spec.id());
        return """
                <domain type='%s'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <metadata>%s</metadata>
                  <memory unit='b'>%d</memory>
                  <vcpu>%d</vcpu>
                  %s
                  <sysinfo type='smbios'>
                    <bios><entry name='vendor'>Amazon EC2</entry></bios>
                    <system>
                      <entry name='manufacturer'>Amazon EC2</entry>
                      <entry name='serial'>%s</entry>
                      <entry name='uuid'>%s</entry>
                    </system>
                    <chassis><entry name='asset'>%s</entry></chassis>
                  </sysinfo>
                  <features>%s</features>
                  %s
                  <clock offset='utc'/>
                  <on_poweroff>destroy</on_poweroff>
                  <on_reboot>restart</on_reboot>
                  <on_crash>%s</on_crash>
                  <devices>
                    <emulator>%s</emulator>
                    <controller type='pci' model='pcie-root'/>
                %s
                %s
                %s
                    <serial type='pty'>
                      <log file='%s' append='on'/>
                      %s
                    </serial>
                    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
                    <graphics type='vnc'><listen type='socket'/></graphics>
                    <video><model type='%s'/></video>%s
                    <rng model='virtio'><rate bytes='1024' period='1000'/><backend model='random'>/dev/urandom</backend></rng>
                    <memballoon model='virtio' freePageReporting='on'><stats period='10'/></memballoon>
                  </devices>
                </domain>
                """.formatted(
                        machine.accelerator().domainType(),
                        spec.id(),
                        uuid,
                        DomainTag.render(spec, since, machine.emulated()),
                        spec.memoryBytes(),
                        spec.vcpus(),
                        os(spec.bootMode()),
                        uuid,
                        uuid,
                        spec.id(),
                        machine.features(),
                        machine.cpuElement(),
                        machine.board().panic().isEmpty() ? "destroy" : "preserve",
                        escape(machine.emulator()),
                        "    <controller type='pci' model='pcie-root-port'/>\n"
                                .repeat(ROOT_PORTS)
                                .stripTrailing(),
                        IntStream.range(0, spec.disks().size())
                                .mapToObj(i -> disk(spec.disks().get(i), DomainDisks.target(i)))
                                .collect(Collectors.joining("\n")),
                        spec.nics().stream().map(DomainXml::nic).collect(Collectors.joining("\n")),
                        escape(consoleLog),
                        machine.board().serialTarget(),
                        machine.board().video(),
                        panic());
    }

    private String panic() {
        var device = machine.board().panic();
        return device.isEmpty() ? "" : "\n    " + device;
    }

    /** Firmware that insists on signatures would be libvirt's first choice where a host has it, and most images carry none. EC2 does not insist either. */
    private String os(InstanceSpec.BootMode mode) {
        var type = "<type arch='%s' machine='%s'>hvm</type>"
                .formatted(machine.board().qemuArchitecture(), machine.type());
        var rest = "<boot dev='hd'/><smbios mode='sysinfo'/></os>";
        return switch (mode) {
            case BIOS -> "<os>" + type + rest;
            case UEFI ->
                "<os firmware='efi'>" + type
                        + "<firmware><feature enabled='no' name='enrolled-keys'/><feature enabled='no' name='secure-boot'/></firmware>"
                        + rest;
        };
    }

    /** @param target the disk's name: {@code vda} */
    static String disk(VmDisk disk, String target) {
        var source = disk.source();
        return """
                    <disk type='%s' device='disk'>
                      <driver name='qemu' type='%s' %s discard='unmap' detect_zeroes='unmap' error_policy='stop' rerror_policy='stop'/>
                      <source %s='%s'/>
                      <target dev='%s' bus='virtio'/>
                      <serial>%s</serial>%s
                    </disk>\
                """.formatted(
                        source.kind().name().toLowerCase(Locale.ROOT),
                        source.format().name().toLowerCase(Locale.ROOT),
                        caching(source.kind()),
                        source.kind() == DiskSource.Kind.BLOCK ? "dev" : "file",
                        escape(source.path()),
                        target,
                        disk.volume().value().replace("-", ""),
                        IoTune.render(disk.limits()));
    }

    /** A file's host cache honours the guest's flushes and works on every file system; a block device has no use for a second cache. */
    private static String caching(DiskSource.Kind kind) {
        return switch (kind) {
            case FILE -> "cache='writeback' io='threads'";
            case BLOCK -> "cache='none' io='native'";
        };
    }

    private static String nic(VmNic nic) {
        return """
                    <interface type='ethernet'>
                      <mac address='%s'/>
                      <target dev='%s' managed='no'/>
                      <model type='virtio'/>
                      <mtu size='%d'/>
                      <rom enabled='no'/>
                    </interface>\
                """.formatted(nic.mac(), nic.tap(), nic.mtu());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }
}
