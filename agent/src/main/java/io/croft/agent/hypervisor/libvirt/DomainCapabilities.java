package io.croft.agent.hypervisor.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.croft.agent.hypervisor.HypervisorException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.ConnectionPointer;

/**
 * What libvirt can do for one kind of machine; libvirt-java does not bind the call.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectGetDomainCapabilities">virConnectGetDomainCapabilities</a>
 */
final class DomainCapabilities {
    private DomainCapabilities() {}

    /** The calls of libvirt.so that are missing. */
    interface Native0 extends Library {
        Native0 LIBVIRT = Native.load("virt", Native0.class);

        /** To be freed. */
        @Nullable
        Pointer virConnectGetDomainCapabilities(
                ConnectionPointer connection,
                String emulator,
                String architecture,
                String machine,
                String type,
                int flags);

        @Nullable
        String virGetLastErrorMessage();
    }

    /**
     * The answer's XML.
     *
     * @throws HypervisorException in libvirt's words
     */
    static String of(ConnectionPointer connection, Machine machine) {
        var xml = Native0.LIBVIRT.virConnectGetDomainCapabilities(
                connection,
                machine.emulator(),
                machine.board().qemuArchitecture(),
                machine.type(),
                machine.accelerator().domainType(),
                0);
        if (xml == null) {
            throw new HypervisorException(
                    "read the capabilities of " + machine.type() + ": " + Native0.LIBVIRT.virGetLastErrorMessage(),
                    null);
        }
        try {
            return xml.getString(0, StandardCharsets.UTF_8.name());
        } finally {
            Native.free(Pointer.nativeValue(xml));
        }
    }
}
