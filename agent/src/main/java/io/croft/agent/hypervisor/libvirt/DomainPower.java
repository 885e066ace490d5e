package io.croft.agent.hypervisor.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.protocol.PauseReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.DomainPointer;

/**
 * Reads a domain's state with its reason, and saves its memory so that it goes on running; libvirt-java binds neither.
 *
 * <p>libvirt marks a saved memory as incomplete until all of it is written. One that stayed so was cut by the host's own end, and libvirt drops it at
 * the next start: it was never a save.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetState">virDomainGetState</a>
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainManagedSave">virDomainManagedSave</a>
 */
final class DomainPower {
    private static final int RUNNING = 1;
    private static final int BLOCKED = 2;
    private static final int PAUSED = 3;
    private static final int SHUTDOWN = 4;
    private static final int SHUTOFF = 5;
    private static final int CRASHED = 6;
    private static final int PM_SUSPENDED = 7;
    private static final int SHUTOFF_BY_GUEST = 1;
    private static final int RUNNING_RESTORED = 3;
    /** Or a machine that was held while it was saved would be held again when it is restored. */
    private static final int SAVE_RUNNING = 2;

    private static final String INCOMPLETE = "save image is incomplete";

    private DomainPower() {}

    /** The calls of libvirt.so that are missing. */
    interface Native0 extends Library {
        Native0 LIBVIRT = Native.load("virt", Native0.class);

        int virDomainGetState(DomainPointer domain, IntByReference state, IntByReference reason, int flags);

        int virDomainHasManagedSaveImage(DomainPointer domain, int flags);

        int virDomainManagedSave(DomainPointer domain, int flags);

        /** To be freed. */
        @Nullable
        Pointer virDomainManagedSaveGetXMLDesc(DomainPointer domain, int flags);

        int virDomainSetBlockIoTune(DomainPointer domain, String disk, Pointer parameters, int count, int flags);

        @Nullable
        String virGetLastErrorMessage();
    }

    /**
     * A domain's power.
     *
     * @param paused why it is paused; null when it is not
     * @param restored whether it goes on from a saved memory
     * @param saved the XML of the domain as its memory was saved; null when it was not, or that cannot be read
     */
    record Standing(
            Power power,
            @Nullable PauseReason paused,
            boolean restored,
            @Nullable String saved) {
        Standing(Power power, @Nullable PauseReason paused) {
            this(power, paused, false, null);
        }
    }

    /** The domain's power; the call's failure is libvirt's return value, never a guess. */
    static Standing of(DomainPointer domain) throws NoAnswer {
        var state = new IntByReference();
        var reason = new IntByReference();
        if (Native0.LIBVIRT.virDomainGetState(domain, state, reason, 0) != 0) {
            throw new NoAnswer();
        }
        var off = of(state.getValue(), reason.getValue());
        return state.getValue() == SHUTOFF ? saved(domain).orElse(off) : off;
    }

    /** A save that cannot be read for any reason but one is a save: the next start will say what is wrong with it. */
    private static Optional<Standing> saved(DomainPointer domain) throws NoAnswer {
        var answer = Native0.LIBVIRT.virDomainHasManagedSaveImage(domain, 0);
        if (answer < 0) {
            throw new NoAnswer();
        }
        if (answer == 0) {
            return Optional.empty();
        }
        var xml = Native0.LIBVIRT.virDomainManagedSaveGetXMLDesc(domain, 0);
        if (xml == null) {
            return error().contains(INCOMPLETE) ? Optional.empty() : Optional.of(new Standing(Power.SAVED, null));
        }
        try {
            return Optional.of(new Standing(Power.SAVED, null, false, xml.getString(0, StandardCharsets.UTF_8.name())));
        } finally {
            Native.free(Pointer.nativeValue(xml));
        }
    }

    /**
     * Saves a running domain's memory and ends it; blocks meanwhile.
     *
     * @throws HypervisorException in libvirt's words
     */
    static void save(DomainPointer domain) {
        if (Native0.LIBVIRT.virDomainManagedSave(domain, SAVE_RUNNING) != 0) {
            throw new HypervisorException("save the memory: " + error(), null);
        }
    }

    /** What the last call on this thread failed of. */
    static String error() {
        var message = Native0.LIBVIRT.virGetLastErrorMessage();
        return message == null ? "no reason given" : message;
    }

    static Standing of(int state, int reason) {
        return switch (state) {
            case RUNNING -> new Standing(Power.RUNNING, null, reason == RUNNING_RESTORED, null);
            case BLOCKED, SHUTDOWN -> new Standing(Power.RUNNING, null);
            case PAUSED -> new Standing(Power.PAUSED, paused(reason));
            case CRASHED -> new Standing(Power.PAUSED, PauseReason.GUEST_CRASHED);
            case PM_SUSPENDED -> new Standing(Power.PAUSED, PauseReason.GUEST_SLEEPS);
            case SHUTOFF -> new Standing(reason == SHUTOFF_BY_GUEST ? Power.OFF_BY_GUEST : Power.OFF, null);
            default -> new Standing(Power.OFF, null);
        };
    }

    /** By the numbers of libvirt's {@code virDomainPausedReason}. */
    private static PauseReason paused(int reason) {
        return switch (reason) {
            case 1 -> PauseReason.BY_USER;
            case 2, 12 -> PauseReason.MIGRATION;
            case 3, 4, 7, 8, 9 -> PauseReason.SAVING;
            case 5 -> PauseReason.IO_ERROR;
            case 6 -> PauseReason.WATCHDOG;
            case 10 -> PauseReason.GUEST_CRASHED;
            case 11 -> PauseReason.STARTING;
            case 13 -> PauseReason.MIGRATION_FAILED;
            default -> PauseReason.UNKNOWN;
        };
    }

    /** libvirt did not tell the state: the domain is gone or the connection is. */
    static final class NoAnswer extends Exception {}
}
