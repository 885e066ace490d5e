package io.croft.agent.hypervisor;

import io.croft.protocol.IoLimits;
import io.croft.protocol.PauseReason;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A managed machine as it is.
 *
 * @param generation the generation it was defined for, from its metadata
 * @param paused why it is paused; null when it is not
 * @param run how it came to run, when it is on
 * @param volumes those that it holds: while it is on, until its guest has let go of them, and while its memory is saved
 * @param limits how fast it may use each of them; one that is not named, as fast as it can
 * @param sizes how many bytes it sees of those that can grow without it: a device is larger at once, and its machine only once it is told
 */
public record ObservedVm(
        InstanceId id,
        AccountId account,
        Generation generation,
        Power power,
        @Nullable PauseReason paused,
        Run run,
        Set<VolumeId> volumes,
        Map<VolumeId, IoLimits> limits,
        Map<VolumeId, Long> sizes) {
    public ObservedVm {
        volumes = Set.copyOf(volumes);
        limits = Map.copyOf(limits);
        sizes = Map.copyOf(sizes);
        if ((power == Power.PAUSED) != (paused != null)) {
            throw new IllegalArgumentException(power + " for the reason " + paused);
        }
    }

    /** A machine that may use its volumes as fast as it can. */
    public ObservedVm(
            InstanceId id,
            AccountId account,
            Generation generation,
            Power power,
            @Nullable PauseReason paused,
            Run run,
            Set<VolumeId> volumes) {
        this(id, account, generation, power, paused, run, volumes, Map.of(), Map.of());
    }

    /** The same of one that is not paused. */
    public ObservedVm(InstanceId id, AccountId account, Generation generation, Power power, Set<VolumeId> volumes) {
        this(id, account, generation, power, null, Run.UNKNOWN, volumes);
    }

    /** The same with these limits. */
    public ObservedVm limited(Map<VolumeId, IoLimits> now) {
        return new ObservedVm(id, account, generation, power, paused, run, volumes, now, sizes);
    }

    /** The same that sees so much of its volumes. */
    public ObservedVm seeing(Map<VolumeId, Long> now) {
        return new ObservedVm(id, account, generation, power, paused, run, volumes, limits, now);
    }

    /** How many bytes it sees of the volume; of one that grows only through it, all that there are. */
    public long sees(VolumeId volume) {
        return sizes.getOrDefault(volume, Long.MAX_VALUE);
    }

    /** How fast it may use the volume. */
    public IoLimits limits(VolumeId volume) {
        return limits.getOrDefault(volume, IoLimits.NONE);
    }

    /**
     * How a machine that is on came to be as it is.
     *
     * @param since when it was powered on; null for one of before that was noted
     * @param emulated whether its processor is emulated, which is slow
     * @param restored whether it goes on from a saved memory, and with the clock of then
     * @param panicked whether its guest's kernel panicked since it was last reset or powered on
     */
    public record Run(@Nullable Instant since, boolean emulated, boolean restored, boolean panicked) {
        /** Nothing is known of it. */
        public static final Run UNKNOWN = new Run(null, false, false, false);
    }

    /** Where its power stands, and why it is off. */
    public enum Power {
        RUNNING,
        /** Held, for instance after an I/O error; it still has its memory. */
        PAUSED,
        /** The guest powered itself off. */
        OFF_BY_GUEST,
        /** Off with its memory saved: its next start goes on from there. */
        SAVED,
        /** Off for any other reason: cut by us, crashed, the host restarted, never started. */
        OFF
    }

    /** Whether it runs, with the volume as its disk. */
    public boolean runs(VolumeId volume) {
        return power == Power.RUNNING && volumes.contains(volume);
    }

    public boolean alive() {
        return power == Power.RUNNING || power == Power.PAUSED;
    }
}
