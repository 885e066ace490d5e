package io.croft.agent.reconcile;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of its host: what its looks saw and what its actions did since. Written only by the reconciler's own thread. Where
 * an action may have had its effect without our knowing, the host counts as in doubt, and the planner assumes the worse of the two.
 */
final class ObservedHost {
    /** What is seen by one driver each. */
    enum Part {
        MACHINES,
        NETWORK,
        METADATA,
        VOLUMES,
        FIREWALL
    }

    private final Set<Part> seen = EnumSet.noneOf(Part.class);
    private final Map<InstanceId, ObservedVm> machines = new TreeMap<>(Comparator.comparing(InstanceId::value));
    private final Set<VpcId> vpcs = new HashSet<>();
    private final Set<VpcId> serving = new HashSet<>();
    private final Set<NetworkInterfaceId> ports = new HashSet<>();
    private final Map<VolumeId, DiskSource> volumes = new HashMap<>();
    private final Map<DocumentKey, Generation> done = new HashMap<>();
    private final Set<DocumentKey> doubtful = new HashSet<>();
    private final Set<VpcId> worn = new HashSet<>();
    private final Set<InstanceId> hinted = new HashSet<>();
    private final Map<InstanceId, ShutdownRequest> shutdowns = new HashMap<>();
    private final Map<InstanceId, Pause> pauses = new HashMap<>();
    private final Map<InstanceId, LateClock> clocks = new HashMap<>();
    private final ObservedFilter filter = new ObservedFilter();
    private final Recovery recovery = new Recovery();
    private final GuestWatch guests;

    ObservedHost(GuestPatience patience) {
        this.guests = new GuestWatch(patience);
    }

    /** Whether every driver has answered once; before that nothing is known, so nothing may be done. */
    boolean complete() {
        return seen.containsAll(EnumSet.allOf(Part.class));
    }

    boolean seen(Part part) {
        return seen.contains(part);
    }

    Optional<ObservedVm> machine(InstanceId id) {
        return Optional.ofNullable(machines.get(id));
    }

    List<ObservedVm> machines() {
        return List.copyOf(machines.values());
    }

    /** Whether the machine runs, or may run for all we know. */
    boolean mayRun(InstanceId id) {
        return machine(id).map(ObservedVm::alive).orElse(false)
                || doubtful.contains(new DocumentKey(DocumentKind.INSTANCE, id.value()));
    }

    Set<VpcId> vpcs() {
        return vpcs;
    }

    boolean serving(VpcId vpc) {
        return serving.contains(vpc);
    }

    Set<NetworkInterfaceId> ports() {
        return ports;
    }

    /** Whether the interface has a tap, or may have one for all we know. */
    boolean mayBePlugged(NetworkInterfaceId id) {
        return ports.contains(id) || doubtful.contains(new DocumentKey(DocumentKind.INTERFACE, id.value()));
    }

    Optional<DiskSource> volume(VolumeId id) {
        return Optional.ofNullable(volumes.get(id));
    }

    Set<VolumeId> volumes() {
        return volumes.keySet();
    }

    /** Whether this very document was carried out, and nothing seen since says otherwise. */
    boolean done(HostDocument document) {
        return document.generation().equals(done.get(document.key()));
    }

    /** Whether the VPC is due to be gone over again, since parts of it wear off unseen. */
    boolean worn(VpcId vpc) {
        return worn.contains(vpc);
    }

    Set<InstanceId> hinted() {
        return hinted;
    }

    Optional<ShutdownRequest> shutdown(InstanceId id) {
        return Optional.ofNullable(shutdowns.get(id));
    }

    /** Whether a guest is expected to power itself off, or a paused machine to go on: then time alone is a reason to plan. */
    boolean expecting() {
        return !shutdowns.isEmpty() || !pauses.isEmpty();
    }

    /** Since when the machine is paused, and what was done about it. */
    Optional<Pause> pause(InstanceId id) {
        return Optional.ofNullable(pauses.get(id));
    }

    /** Notes which machines are paused now. */
    void notePauses(Instant now) {
        pauses.keySet()
                .removeIf(id -> machine(id).filter(m -> m.paused() != null).isEmpty());
        for (var machine : machines.values()) {
            var reason = machine.paused();
            if (reason != null) {
                pauses.compute(
                        machine.id(),
                        (_, known) -> known == null || !known.tells(machine) ? Pause.seen(reason, now) : known);
            }
        }
    }

    /** How often machines were started again since they stopped by themselves. */
    Recovery recovery() {
        return recovery;
    }

    GuestWatch guests() {
        return guests;
    }

    /** Whether the machine goes on from a saved memory with a clock that nobody has put right yet, and it is time to. */
    boolean late(InstanceId id, Instant now) {
        var known = clocks.get(id);
        return machine(id)
                .filter(m -> m.power() == ObservedVm.Power.RUNNING && m.run().restored())
                .filter(_ -> known == null || known.due(now))
                .isPresent();
    }

    ObservedFilter filter() {
        return filter;
    }

    /** Something says that the machine's power may have changed. */
    void hint(InstanceId id) {
        hinted.add(id);
    }

    /** The VPCs are due to be gone over again. */
    void wear() {
        worn.addAll(vpcs);
    }

    /** Forgets what the controller has settled. */
    void keepOnly(Predicate<DocumentKey> known) {
        done.keySet().removeIf(known.negate());
    }

    /** The action is about to run. */
    void begin(HostAction action, Instant now) {
        switch (action) {
            case HostAction.ApplyFirewall a -> filter.attempt(a.spec());
            case HostAction.RequestShutdown a ->
                shutdowns.merge(a.instance(), new ShutdownRequest(now, now), (old, _) -> old.again(now));
            case HostAction.Inspect a -> hinted.remove(a.instance());
            case HostAction.Resume a -> {
                tried(a.instance(), now);
                doubtful.add(a.key());
            }
            case HostAction.AbandonStart a -> {
                tried(a.instance(), now);
                doubtful.add(a.key());
            }
            case HostAction.SetClock a -> clocks.compute(a.instance(), (_, known) -> LateClock.asked(known, now));
            case HostAction.Operate _, HostAction.ServeMetadata _ -> {}
            case HostAction.OnResource a -> doubtful.add(a.key());
        }
    }

    /** The action has failed: what it was to change stays in doubt. */
    void fail(HostAction action) {
        switch (action) {
            case HostAction.ApplyFirewall _ -> {}
            case HostAction.Inspect a -> hinted.add(a.instance());
            case HostAction.OnMachine a -> hinted.add(a.instance());
            case HostAction.OnResource a -> done.remove(a.key());
        }
    }

    /** The action has succeeded. {@code wanted} is the generation of its document that it was planned for. */
    void succeed(HostAction action, Outcome outcome, @Nullable Generation wanted) {
        switch (action) {
            case HostAction.EnsureVpc a -> {
                vpcs.add(a.vpc());
                worn.remove(a.vpc());
                settle(a, wanted);
            }
            case HostAction.RemoveVpc a -> {
                vpcs.remove(a.vpc());
                worn.remove(a.vpc());
                settle(a, wanted);
            }
            case HostAction.ServeMetadata a -> serving.add(a.vpc());
            case HostAction.WithdrawMetadata a -> {
                serving.remove(a.vpc());
                doubtful.remove(a.key());
            }
            case HostAction.ApplyFirewall a -> filter.apply(a.spec());
            case HostAction.Plug a -> {
                ports.add(a.port());
                settle(a, wanted);
            }
            case HostAction.Unplug a -> {
                ports.remove(a.port());
                settle(a, wanted);
            }
            case HostAction.EnsureVolume a -> {
                volumes.put(a.volume(), ((Outcome.Stored) outcome).source());
                settle(a, wanted);
            }
            case HostAction.RemoveVolume a -> {
                volumes.remove(a.volume());
                settle(a, wanted);
            }
            case HostAction.StartMachine a -> {
                set(new ObservedVm(a.instance(), a.spec().account(), a.spec().generation(), ObservedVm.Power.RUNNING));
                settle(a, wanted);
            }
            case HostAction.PowerOff a -> {
                shutdowns.remove(a.instance());
                machine(a.instance())
                        .ifPresent(m -> set(new ObservedVm(m.id(), m.account(), m.generation(), ObservedVm.Power.OFF)));
                settle(a, wanted);
            }
            case HostAction.RemoveMachine a -> {
                shutdowns.remove(a.instance());
                machines.remove(a.instance());
                settle(a, wanted);
            }
            case HostAction.Hibernate a -> {
                inspected(a.instance(), ((Outcome.Inspected) outcome).machine());
                settle(a, wanted);
            }
            case HostAction.Resume a -> {
                inspected(a.instance(), ((Outcome.Inspected) outcome).machine());
                doubtful.remove(a.key());
            }
            case HostAction.AbandonStart a -> hinted.add(a.instance());
            case HostAction.Inspect a -> {
                inspected(a.instance(), ((Outcome.Inspected) outcome).machine());
                doubtful.remove(a.key());
            }
            case HostAction.LetPanicGoOn a -> {
                inspected(a.instance(), ((Outcome.Inspected) outcome).machine());
                doubtful.remove(a.key());
            }
            case HostAction.SetClock a -> {
                var taken = ((Outcome.ClockSet) outcome).taken();
                clocks.computeIfPresent(a.instance(), (_, known) -> known.answered(taken));
                doubtful.remove(a.key());
            }
            case HostAction.RequestShutdown _, HostAction.Operate _ -> {}
        }
    }

    /**
     * Takes in a look, except of what was acted on since it began.
     *
     * @param moving the resources acted on
     * @param filterMoving whether the filter was
     */
    void see(Sighting sighting, Predicate<DocumentKey> moving, boolean filterMoving) {
        see(Part.MACHINES, sighting.machines(), list -> {
            var byId = new HashMap<InstanceId, ObservedVm>();
            list.forEach(m -> byId.put(m.id(), m));
            var ids = new HashSet<>(machines.keySet());
            ids.addAll(byId.keySet());
            for (var id : ids) {
                var key = new DocumentKey(DocumentKind.INSTANCE, id.value());
                if (!moving.test(key)) {
                    inspected(id, byId.get(id));
                }
            }
            clearDoubts(DocumentKind.INSTANCE, moving);
        });
        if (sighting.ports() != null) {
            see(Part.NETWORK, sighting.vpcs(), now -> {
                replace(vpcs, now, DocumentKind.VPC, moving);
                replace(ports, Objects.requireNonNull(sighting.ports()), DocumentKind.INTERFACE, moving);
            });
        }
        see(Part.METADATA, sighting.serving(), now -> {
            var untouched = new HashSet<>(now);
            untouched.addAll(serving);
            untouched.removeIf(id -> moving.test(new DocumentKey(DocumentKind.VPC, id.value())));
            untouched.stream().filter(id -> !now.contains(id)).forEach(serving::remove);
            untouched.stream().filter(now::contains).forEach(serving::add);
        });
        see(Part.VOLUMES, sighting.volumes(), now -> {
            var after = new HashSet<>(volumes.keySet());
            replace(after, now.keySet(), DocumentKind.VOLUME, moving);
            volumes.keySet().retainAll(after);
            after.forEach(id -> volumes.computeIfAbsent(id, now::get));
        });
        if (sighting.answering() != null) {
            guests.see(sighting.answering());
        }
        if (sighting.filteredTaps() != null) {
            see(Part.FIREWALL, sighting.firewallProblems(), filter::see);
            if (!filterMoving) {
                filter.seeTaps(Objects.requireNonNull(sighting.filteredTaps()));
            }
        }
    }

    private <T> void see(Part part, @Nullable T what, Consumer<T> take) {
        if (what != null) {
            take.accept(what);
            seen.add(part);
        }
    }

    private <I extends ResourceId> void replace(
            Set<I> known, Set<I> now, DocumentKind kind, Predicate<DocumentKey> moving) {
        var all = new HashSet<>(known);
        all.addAll(now);
        for (var id : all) {
            var key = new DocumentKey(kind, id.value());
            if (moving.test(key)) {
                continue;
            }
            if (now.contains(id)) {
                known.add(id);
            } else if (known.remove(id)) {
                done.remove(key);
            }
        }
        clearDoubts(kind, moving);
    }

    private void clearDoubts(DocumentKind kind, Predicate<DocumentKey> moving) {
        doubtful.removeIf(k -> k.kind() == kind && !moving.test(k));
    }

    private void inspected(InstanceId id, @Nullable ObservedVm now) {
        if (now == null) {
            machines.remove(id);
            shutdowns.remove(id);
        } else {
            set(now);
        }
    }

    private void set(ObservedVm machine) {
        machines.put(machine.id(), machine);
        if (!machine.alive()) {
            shutdowns.remove(machine.id());
            clocks.remove(machine.id());
        }
    }

    private void tried(InstanceId id, Instant now) {
        pauses.computeIfPresent(id, (_, pause) -> pause.tried(now));
    }

    private void settle(HostAction.OnResource action, @Nullable Generation wanted) {
        doubtful.remove(action.key());
        if (wanted != null) {
            done.put(action.key(), wanted);
        }
    }
}
