package io.croft.protocol;

/**
 * Why a machine that is there holds its guest still. The guest has its memory all the same.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainPausedReason">virDomainPausedReason</a>
 */
public enum PauseReason {
    /** It was being started, and its guest has not run yet. */
    STARTING("it was being started"),
    /** By somebody on the host, as with {@code virsh suspend}. */
    BY_USER("somebody on the host paused it"),
    /** One of its disks could not be read or written; what the guest asked for is kept, to be tried again. */
    IO_ERROR("a disk of it failed"),
    /** Its guest crashed, and the machine is kept to be looked at. */
    GUEST_CRASHED("its guest crashed"),
    /** Its guest fed the watchdog no longer. */
    WATCHDOG("its guest does not feed the watchdog"),
    /** Its memory is being saved, or its disks are being copied. */
    SAVING("its state is being saved"),
    /** It is being moved to another host. */
    MIGRATION("it is being migrated"),
    /** It was being moved to another host, and part of its memory is lost: it cannot go on. */
    MIGRATION_FAILED("its migration failed and its memory is not whole"),
    /** The guest put the machine to sleep. */
    GUEST_SLEEPS("its guest put it to sleep"),
    /** None that is known. */
    UNKNOWN("for an unknown reason");

    private final String words;

    PauseReason(String words) {
        this.words = words;
    }

    /** The reason in words, to follow "paused: ". */
    public String words() {
        return words;
    }
}
