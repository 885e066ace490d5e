package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.protocol.IoLimits;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the agent knows of its host's machines: how each was seen last, and what was asked of it since. */
final class Machines {
    private final ObservedHost host;
    private final Map<InstanceId, ObservedVm> machines = new TreeMap<>(Comparator.comparing(InstanceId::value));
    private final Map<InstanceId, ShutdownRequest> shutdowns = new HashMap<>();
    private final Map<InstanceId, Pause> pauses = new HashMap<>();
    private final Map<InstanceId, LateClock> clocks = new HashMap<>();
    private final Map<Plugged, UnplugRequest> unplugged = new HashMap<>();
    private final Map<Plugged, Instant> tried = new HashMap<>();
    private final Map<InstanceId, Set<VolumeId>> plugging = new HashMap<>();

    /** A volume in a machine, or on its way there. */
    private record Plugged(InstanceId machine, VolumeId volume) {}

    Machines(ObservedHost host) {
        this.host = host;
    }

    Optional<ObservedVm> find(InstanceId id) {
        return Optional.ofNullable(machines.get(id));
    }

    Collection<ObservedVm> all() {
        return machines.values();
    }

    Set<InstanceId> ids() {
        return machines.keySet();
    }

    boolean alive(InstanceId id) {
        return find(id).filter(ObservedVm::alive).isPresent();
    }

    /** Whether the machine runs, or may run for all we know. */
    boolean mayRun(InstanceId id) {
        return alive(id) || host.inDoubt(Instances.key(id));
    }

    void set(ObservedVm machine) {
        plugging.remove(machine.id());
        machines.put(machine.id(), machine);
        unplugged.keySet().removeIf(p -> p.machine().equals(machine.id()) && !holds(machine, p.volume()));
        tried.keySet().removeIf(p -> p.machine().equals(machine.id()) && holds(machine, p.volume()));
        if (!machine.alive()) {
            shutdowns.remove(machine.id());
            clocks.remove(machine.id());
        }
    }

    /** Takes in how the machine is, null when it is proved absent. */
    void see(InstanceId id, @Nullable ObservedVm now) {
        if (now == null) {
            machines.remove(id);
            plugging.remove(id);
            shutdowns.remove(id);
            unplugged.keySet().removeIf(p -> p.machine().equals(id));
            tried.keySet().removeIf(p -> p.machine().equals(id));
        } else {
            set(now);
        }
    }

    /** The machine's power was cut. */
    void off(InstanceId id) {
        shutdowns.remove(id);
        find(id).ifPresent(
                        m -> set(new ObservedVm(m.id(), m.account(), m.generation(), ObservedVm.Power.OFF, Set.of())));
    }

    /** When the guest was asked to power itself off, while it has not. */
    Optional<ShutdownRequest> shutdown(InstanceId id) {
        return Optional.ofNullable(shutdowns.get(id));
    }

    /** The guest is being asked to power itself off. */
    void askToShutDown(InstanceId id, Instant now) {
        shutdowns.merge(id, new ShutdownRequest(now, now), (old, _) -> old.again(now));
    }

    /** Whether the machine is paused for a reason that has this remedy, and it is time for it. */
    boolean due(InstanceId id, Pause.Remedy remedy, Instant now) {
        var pause = pauses.get(id);
        return pause != null
                && pause.due(remedy, now)
                && find(id).filter(pause::tells).isPresent();
    }

    /** The remedy for the machine's pause is being tried. */
    void tryRemedy(InstanceId id, Instant now) {
        pauses.computeIfPresent(id, (_, pause) -> pause.tried(now));
    }

    /** Notes which machines are paused now. */
    void notePauses(Instant now) {
        pauses.keySet().removeIf(id -> find(id).filter(m -> m.paused() != null).isEmpty());
        for (var machine : machines.values()) {
            var reason = machine.paused();
            if (reason != null) {
                pauses.compute(
                        machine.id(),
                        (_, known) -> known == null || !known.tells(machine) ? Pause.seen(reason, now) : known);
            }
        }
    }

    /** Whether the machine goes on from a saved memory with a clock that nobody has put right yet, and it is time to. */
    boolean late(InstanceId id, Instant now) {
        var known = clocks.get(id);
        return find(id).filter(
                        m -> m.power() == ObservedVm.Power.RUNNING && m.run().restored())
                .filter(_ -> known == null || known.due(now))
                .isPresent();
    }

    /** The guest is being asked to put its clock right. */
    void askForTime(InstanceId id, Instant now) {
        clocks.compute(id, (_, known) -> LateClock.asked(known, now));
    }

    void timeTaken(InstanceId id, boolean taken) {
        clocks.computeIfPresent(id, (_, known) -> known.answered(taken));
    }

    /** The volumes become disks of the machine now; it may have them for all we know until it is seen again. */
    void plug(InstanceId id, Set<VolumeId> volumes) {
        plugging.put(id, volumes);
    }

    /** The volume becomes a disk of the machine, which runs, now. */
    void plug(InstanceId id, VolumeId volume, Instant now) {
        tried.put(new Plugged(id, volume), now);
        plug(id, Set.of(volume));
    }

    /** When it was last tried to give the volume to the machine, which has it not. */
    Instant triedToPlug(InstanceId id, VolumeId volume) {
        return tried.getOrDefault(new Plugged(id, volume), Instant.MIN);
    }

    /** Whether the volume is, or may be, a disk of a machine other than {@code id}'s: while that is on, and while its memory is saved. */
    boolean heldBeside(InstanceId id, VolumeId volume) {
        return holders(volume).anyMatch(holder -> !holder.equals(id));
    }

    /** Whether the volume is, or may be, a disk of any machine. */
    boolean held(VolumeId volume) {
        return holders(volume).findAny().isPresent();
    }

    /** The machine that runs and has the volume as its disk. */
    Optional<ObservedVm> running(VolumeId volume) {
        return machines.values().stream().filter(m -> m.runs(volume)).findFirst();
    }

    /** The machine uses the volume no faster than that from now on. */
    void limited(InstanceId id, VolumeId volume, IoLimits limits) {
        machines.computeIfPresent(id, (_, m) -> {
            var now = new HashMap<>(m.limits());
            now.put(volume, limits);
            return m.limited(now);
        });
    }

    /** The machine sees so much of the volume from now on. */
    void grown(InstanceId id, VolumeId volume, long bytes) {
        machines.computeIfPresent(id, (_, m) -> {
            var now = new HashMap<>(m.sizes());
            now.computeIfPresent(volume, (_, seen) -> Math.max(seen, bytes));
            return m.seeing(now);
        });
    }

    /** Whether a machine's saved memory knows the volume. */
    boolean saved(VolumeId volume) {
        return machines.values().stream()
                .anyMatch(
                        m -> m.power() == ObservedVm.Power.SAVED && m.volumes().contains(volume));
    }

    private Stream<InstanceId> holders(VolumeId volume) {
        return Stream.concat(
                machines.values().stream()
                        .filter(m -> m.volumes().contains(volume))
                        .map(ObservedVm::id),
                plugging.entrySet().stream()
                        .filter(p -> p.getValue().contains(volume))
                        .map(Map.Entry::getKey));
    }

    private static boolean holds(ObservedVm machine, VolumeId volume) {
        return machine.alive() && machine.volumes().contains(volume);
    }

    /** The guest is being asked to let go of the volume. */
    void askToUnplug(InstanceId id, VolumeId volume, Instant now) {
        unplugged.compute(new Plugged(id, volume), (_, before) -> UnplugRequest.asked(before, now));
    }

    /** How the guest was asked to let go of the volume, which it has not. */
    Optional<UnplugRequest> askedToUnplug(InstanceId id, VolumeId volume) {
        return Optional.ofNullable(unplugged.get(new Plugged(id, volume)));
    }

    /** Whether a guest is expected to power itself off or to let go of a volume, or a paused machine to go on. */
    boolean expecting() {
        return !shutdowns.isEmpty() || !pauses.isEmpty() || !unplugged.isEmpty();
    }
}
