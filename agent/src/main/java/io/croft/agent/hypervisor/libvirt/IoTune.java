package io.croft.agent.hypervisor.libvirt;

import com.sun.jna.Memory;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.libvirt.DomainPower.Native0;
import io.croft.protocol.IoLimits;
import io.croft.protocol.IoLimits.Burst;
import io.croft.protocol.IoLimits.Rate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.DomainPointer;
import org.w3c.dom.Element;

/**
 * The limits of a disk in libvirt's words, where a 0 and what is left out mean none; libvirt-java does not bind their call. A burst is QEMU's: a bucket that holds it for its whole length, and that runs out
 * and fills at the lower rate.
 *
 * @see <a href="https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms">iotune</a>
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSetBlockIoTune">virDomainSetBlockIoTune</a>
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/throttle.txt">QEMU's throttling</a>
 */
final class IoTune {
    private static final String BYTES = "total_bytes_sec";
    private static final String IOPS = "total_iops_sec";
    private static final String MOST = "_max";
    private static final String LENGTH = "_max_length";

    /** A {@code virTypedParameter}: a name, a type, and a value that is aligned to 8 bytes. */
    private static final int PARAMETER = 96;

    private static final int TYPE_AT = 80;
    private static final int VALUE_AT = 88;
    private static final int UNSIGNED_LONG = 4;
    private static final int LIVE = 1;

    private IoTune() {}

    /** The element of a disk; empty where there are no limits. */
    static String render(IoLimits limits) {
        var elements = parameters(limits).entrySet().stream()
                .filter(p -> p.getValue() > 0)
                .map(p -> "<%1$s>%2$d</%1$s>".formatted(p.getKey(), p.getValue()))
                .collect(Collectors.joining());
        return elements.isEmpty() ? "" : "\n      <iotune>" + elements + "</iotune>";
    }

    /** The limits of a disk, by its element. */
    static IoLimits of(Element disk) {
        return new IoLimits(rate(disk, IOPS), rate(disk, BYTES));
    }

    private static @Nullable Rate rate(Element disk, String name) {
        var perSecond = value(disk, name);
        var most = value(disk, name + MOST);
        if (perSecond == 0) {
            return null;
        }
        var seconds = (int) Math.max(1, value(disk, name + LENGTH));
        return new Rate(perSecond, most < perSecond ? null : new Burst(most, seconds));
    }

    private static long value(Element disk, String name) {
        var found = disk.getElementsByTagName(name);
        return found.getLength() == 0
                ? 0
                : Long.parseLong(found.item(0).getTextContent().strip());
    }

    /**
     * Puts the limits in force on a running domain's disk.
     *
     * @param target the disk's name: {@code vda}
     * @throws HypervisorException in libvirt's words
     */
    static void set(DomainPointer domain, String target, IoLimits limits) {
        var parameters = parameters(limits);
        try (var memory = new Memory((long) PARAMETER * parameters.size())) {
            memory.clear();
            var at = 0L;
            for (var parameter : parameters.entrySet()) {
                memory.setString(at, parameter.getKey(), "US-ASCII");
                memory.setInt(at + TYPE_AT, UNSIGNED_LONG);
                memory.setLong(at + VALUE_AT, parameter.getValue());
                at += PARAMETER;
            }
            if (Native0.LIBVIRT.virDomainSetBlockIoTune(domain, target, memory, parameters.size(), LIVE) != 0) {
                throw new HypervisorException("limit " + target + ": " + DomainPower.error(), null);
            }
        }
    }

    private static Map<String, Long> parameters(IoLimits limits) {
        var all = new LinkedHashMap<String, Long>();
        put(all, BYTES, limits.bytes());
        put(all, IOPS, limits.iops());
        return all;
    }

    private static void put(Map<String, Long> all, String name, @Nullable Rate rate) {
        var burst = rate == null ? null : rate.burst();
        all.put(name, rate == null ? 0 : rate.perSecond());
        all.put(name + MOST, burst == null ? 0 : burst.perSecond());
        all.put(name + LENGTH, burst == null ? 0L : burst.seconds());
    }
}
