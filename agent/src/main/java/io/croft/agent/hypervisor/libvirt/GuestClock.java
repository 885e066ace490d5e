package io.croft.agent.hypervisor.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.DomainPointer;

/**
 * Sets a guest's clock by QEMU's guest agent in it; libvirt-java does not bind the calls.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSetTime">virDomainSetTime</a>
 */
final class GuestClock {
    /** An agent answers at once, or it hangs with its guest. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private GuestClock() {}

    /** The calls of libvirt.so that are missing. */
    interface Native0 extends Library {
        Native0 LIBVIRT = Native.load("virt", Native0.class);

        int virDomainAgentSetResponseTimeout(DomainPointer domain, int timeout, int flags);

        int virDomainSetTime(DomainPointer domain, long seconds, int nanoseconds, int flags);

        @Nullable
        String virGetLastErrorMessage();
    }

    /**
     * Sets it to the time itself; that the hardware's clock be read would need a program that many a guest lacks.
     *
     * @return why it was not set, in libvirt's words
     */
    static Optional<String> set(DomainPointer domain, Instant now) {
        var libvirt = Native0.LIBVIRT;
        if (libvirt.virDomainAgentSetResponseTimeout(domain, (int) PATIENCE.toSeconds(), 0) == 0
                && libvirt.virDomainSetTime(domain, now.getEpochSecond(), now.getNano(), 0) == 0) {
            return Optional.empty();
        }
        var message = libvirt.virGetLastErrorMessage();
        return Optional.of(message == null ? "no reason given" : message);
    }
}
