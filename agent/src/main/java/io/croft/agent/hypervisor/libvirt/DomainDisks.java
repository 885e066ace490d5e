package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import io.croft.protocol.IoLimits;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The disks in a domain's XML: of one that is on, those that it has now, one that its guest was asked to let go of included until it has. Disks without a volume's
 * serial are nobody's volume.
 *
 * @param volumes under which name each volume is its disk: {@code vda}
 * @param targets the names of all its disks
 * @param limits how fast each volume may be used
 * @param devices those of the volumes that are block devices
 * @param aliases under which name QEMU has each volume, of a domain that is on: {@code virtio-disk0}
 */
record DomainDisks(
        Map<VolumeId, String> volumes,
        Set<String> targets,
        Map<VolumeId, IoLimits> limits,
        Set<VolumeId> devices,
        Map<VolumeId, String> aliases) {
    /** Those of a domain that has none. */
    static final DomainDisks NONE = new DomainDisks(Map.of(), Set.of(), Map.of(), Set.of(), Map.of());

    private static final String PREFIX = "vd";
    private static final int LETTERS = 26;

    DomainDisks {
        volumes = Map.copyOf(volumes);
        targets = Set.copyOf(targets);
        limits = Map.copyOf(limits);
        devices = Set.copyOf(devices);
        aliases = Map.copyOf(aliases);
    }

    /**
     * Reads a domain's XML.
     *
     * @throws HypervisorException when it is none
     */
    static DomainDisks of(String xml) {
        var volumes = new HashMap<VolumeId, String>();
        var targets = new HashSet<String>();
        var limits = new HashMap<VolumeId, IoLimits>();
        var devices = new HashSet<VolumeId>();
        var aliases = new HashMap<VolumeId, String>();
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var disks = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getElementsByTagName("disk");
            for (var i = 0; i < disks.getLength(); i++) {
                var disk = (Element) disks.item(i);
                var target = ((Element) disk.getElementsByTagName("target").item(0)).getAttribute("dev");
                targets.add(target);
                volume(disk).ifPresent(v -> {
                    volumes.put(v, target);
                    limits.put(v, IoTune.of(disk));
                    if (disk.getAttribute("type").equals("block")) {
                        devices.add(v);
                    }
                    alias(disk).ifPresent(alias -> aliases.put(v, alias));
                });
            }
            return new DomainDisks(volumes, targets, limits, devices, aliases);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new HypervisorException("unreadable domain", e);
        }
    }

    private static Optional<String> alias(Element disk) {
        var aliases = disk.getElementsByTagName("alias");
        return aliases.getLength() == 0
                ? Optional.empty()
                : Optional.of(((Element) aliases.item(0)).getAttribute("name"));
    }

    private static Optional<VolumeId> volume(Element disk) {
        var serials = disk.getElementsByTagName("serial");
        return serials.getLength() == 0
                ? Optional.empty()
                : Optional.of(serials.item(0).getTextContent().replaceFirst("^vol", "vol-"))
                        .filter(id -> ResourceId.wellFormed(ResourceType.VOLUME, id))
                        .map(VolumeId::new);
    }

    /** The name of the {@code index}th disk. */
    static String target(int index) {
        return PREFIX + (char) ('a' + index);
    }

    /**
     * A name that no disk has.
     *
     * @throws HypervisorException when there is none left
     */
    String free() {
        return IntStream.range(0, LETTERS)
                .mapToObj(DomainDisks::target)
                .filter(t -> !targets.contains(t))
                .findFirst()
                .orElseThrow(() -> new HypervisorException("the machine has " + LETTERS + " disks, and no more", null));
    }

    /** What libvirt needs to know of a disk to take it away. */
    static String element(String target) {
        return "<disk type='file' device='disk'><target dev='%s' bus='virtio'/></disk>".formatted(target);
    }
}
