package io.croft.agent.hypervisor;

import io.croft.protocol.IoLimits;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the virtual machines of one host. Calls block, belong on platform threads and throw {@link HypervisorException} within a bounded
 * time. Only machines that carry our metadata exist here; foreign ones are neither listed nor touched.
 */
public interface Hypervisor extends AutoCloseable {
    /** What the host can run; cheap, may be cached. */
    HypervisorFacts facts();

    /** All managed machines, running or not. */
    List<ObservedVm> list();

    /** One machine; empty when it is proved absent. */
    Optional<ObservedVm> inspect(InstanceId id);

    /**
     * Makes the machine run as {@code spec} says: defines it (again, when it is off and differs) and powers it on. Does nothing when it
     * runs already. The taps and disks named must exist. A machine whose memory was saved goes on with the hardware that it had, and has
     * what differs after it was off once more.
     *
     * @throws HypervisorException also when the saved memory cannot be restored, which is kept all the same
     */
    void start(VmSpec spec);

    /** Asks the guest to power off (ACPI) and returns at once. Does nothing when it is off or absent. */
    void requestShutdown(InstanceId id);

    /** Cuts the power. Does nothing when it is off or absent; saved memory is kept. */
    void powerOff(InstanceId id);

    /**
     * Saves the machine's memory on this host and turns it off; its next start goes on from there. Blocks until it is saved, which takes as long
     * as the disk takes for its memory. Does nothing when it is off or absent; when it fails or is cut, the machine goes on running.
     */
    void hibernate(InstanceId id);

    /** Resets the machine at once; it stays defined, and runs afterwards also when it was paused. */
    void reset(InstanceId id);

    /** Lets a paused machine go on where it was. Does nothing when it is not paused. */
    void resume(InstanceId id);

    /**
     * Gives up a start that whoever began it did not live to end: the hypervisor calls the machine paused, has no process of it, and every other call
     * about it fails. Afterwards it is off, as it was before. Running machines are not touched, whoever's they are. Does nothing when the machine is not being started.
     *
     * @throws HypervisorException when the start may be under way for all that is known, or the hypervisor cannot be restarted, which this may need
     */
    void abandonStart(InstanceId id);

    /**
     * Lets a machine go on that is held because its guest's kernel panicked, so that the guest does what it is set up to do then: write a dump,
     * reboot, halt. That it panicked stays known until the machine is reset or off. Does nothing to any other machine.
     */
    void letPanicGoOn(InstanceId id);

    /**
     * Puts the guest's clock right by the guest's own agent, as after its memory was restored.
     *
     * @return whether it did; not when the guest has no agent, or one that does not answer within some seconds
     * @see <a href="https://qemu-project.gitlab.io/qemu/interop/qemu-ga-ref.html">QEMU guest agent protocol, guest-set-time</a>
     */
    boolean setClock(InstanceId id);

    /**
     * Plugs a volume into a machine that is on; its guest finds it under its serial. Does nothing when the machine has it, is off or absent: what it has when it is
     * powered on the next time is {@link #start}'s to say.
     */
    void attach(InstanceId id, VmDisk disk);

    /**
     * Asks the guest of a machine that is on to let go of a volume, and returns: a guest that is busy or booting takes its time or never does it, and may be asked again. {@link ObservedVm#volumes} says
     * whether it has. Does nothing when the machine does not have the volume, is off or absent.
     */
    void detach(InstanceId id, VolumeId volume);

    /**
     * Has a machine that is on see that a volume of its own is so large now; a file that only who has it open can grow is grown by this. Never makes anything smaller. Does
     * nothing when the machine does not have the volume, is off or absent.
     */
    void grow(InstanceId id, VolumeId volume, long bytes);

    /** Has a machine that is on use a volume of its own no faster than that from now on. Does nothing when the machine does not have the volume, is off or absent. */
    void limit(InstanceId id, VolumeId volume, IoLimits limits);

    /**
     * Keeps what volumes of a machine that is on hold at one moment inside their own images, each under a name of its own, until it is dropped; all or none. For stores whose volumes only who has them open can keep
     * ({@link io.croft.agent.storage.VolumeStore#snapshot}). The guest goes on, and what it has not flushed is as if it had lost its power.
     *
     * @return those of the volumes that the machine has; none when it is off or absent
     * @throws HypervisorException also when one has a snapshot of that name
     */
    Set<VolumeId> snapshot(InstanceId id, Map<VolumeId, SnapshotId> names);

    /**
     * Drops such a snapshot.
     *
     * @return whether the machine is on and has the volume; nothing was done otherwise
     * @throws HypervisorException also when there is none of that name
     */
    boolean dropSnapshot(InstanceId id, VolumeId volume, SnapshotId name);

    /** Removes the machine, cutting its power first; its saved memory and its console log go too. Disks and taps stay. */
    void remove(InstanceId id);

    /**
     * The end of the serial console's log.
     *
     * @param limit at most this many bytes
     */
    byte[] consoleTail(InstanceId id, int limit);

    /**
     * The machine's screen as a PNG.
     *
     * @param wake presses a key that types nothing first, for a screen that has gone blank
     * @throws HypervisorException when the machine does not run
     */
    byte[] screenshot(InstanceId id, boolean wake);

    /** Calls {@code listener} with the id of each machine whose power may have changed; a hint, never the truth. */
    void onChange(Consumer<InstanceId> listener);

    @Override
    void close();
}
