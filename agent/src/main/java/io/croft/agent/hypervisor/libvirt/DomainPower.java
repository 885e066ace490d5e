package io.croft.agent.hypervisor.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import io.croft.agent.hypervisor.ObservedVm.Power;
import org.libvirt.jna.DomainPointer;

/**
 * Reads a domain's state with its reason, which libvirt-java does not bind.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetState">virDomainGetState</a>
 */
final class DomainPower {
    private static final int RUNNING = 1;
    private static final int BLOCKED = 2;
    private static final int PAUSED = 3;
    private static final int SHUTDOWN = 4;
    private static final int SHUTOFF = 5;
    private static final int PM_SUSPENDED = 7;
    private static final int SHUTOFF_BY_GUEST = 1;

    private DomainPower() {}

    /** The call of libvirt.so that is missing. */
    interface Native0 extends Library {
        Native0 LIBVIRT = Native.load("virt", Native0.class);

        int virDomainGetState(DomainPointer domain, IntByReference state, IntByReference reason, int flags);
    }

    /** The domain's power; the call's failure is libvirt's return value, never a guess. */
    static Power of(DomainPointer domain) throws NoAnswer {
        var state = new IntByReference();
        var reason = new IntByReference();
        if (Native0.LIBVIRT.virDomainGetState(domain, state, reason, 0) != 0) {
            throw new NoAnswer();
        }
        return of(state.getValue(), reason.getValue());
    }

    static Power of(int state, int reason) {
        return switch (state) {
            case RUNNING, BLOCKED, SHUTDOWN -> Power.RUNNING;
            case PAUSED, PM_SUSPENDED -> Power.PAUSED;
            case SHUTOFF -> reason == SHUTOFF_BY_GUEST ? Power.OFF_BY_GUEST : Power.OFF;
            default -> Power.OFF;
        };
    }

    /** libvirt did not tell the state: the domain is gone or the connection is. */
    static final class NoAnswer extends Exception {}
}
