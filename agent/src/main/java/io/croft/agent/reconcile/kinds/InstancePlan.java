package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmNic;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.PauseReason;
import io.croft.protocol.Presence;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be done next with an instance's machine. Pure. */
final class InstancePlan {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final ObservedHost host;
    private final Machines machines;
    private final Recovery recovery;
    private final Interfaces interfaces;
    private final Volumes volumes;
    private final SecurityGroups groups;
    private final Duration grace;

    InstancePlan(
            ObservedHost host,
            Machines machines,
            Recovery recovery,
            Interfaces interfaces,
            Volumes volumes,
            SecurityGroups groups,
            Duration grace) {
        this.host = host;
        this.machines = machines;
        this.recovery = recovery;
        this.interfaces = interfaces;
        this.volumes = volumes;
        this.groups = groups;
        this.grace = grace;
    }

    Stream<InstanceAction> up(InstanceSpec instance, Moment moment) {
        var id = instance.id();
        if (machines.due(id, Pause.Remedy.ABANDON_START, moment.now())) {
            return Stream.of(new InstanceAction.AbandonStart(id));
        }
        if (instance.power() == InstanceSpec.Power.OFF) {
            return machines.mayRun(id) ? stop(instance, moment.now()) : Stream.empty();
        }
        if (machines.due(id, Pause.Remedy.RESUME, moment.now())) {
            return Stream.of(new InstanceAction.Resume(id));
        }
        if (toStart(instance, moment)) {
            return machine(instance, moment).<InstanceAction>map(InstanceAction.StartMachine::new).stream();
        }
        if (panicked(instance)) {
            return Stream.of(new InstanceAction.LetPanicGoOn(id));
        }
        if (machines.late(id, moment.now())) {
            return Stream.of(new InstanceAction.SetClock(id));
        }
        return machines
                .find(id)
                .filter(m -> m.power() == ObservedVm.Power.RUNNING)
                .flatMap(m -> unplug(instance, m, moment.now()).or(() -> plug(instance, m, moment)))
                .stream();
    }

    private Optional<InstanceAction> unplug(InstanceSpec instance, ObservedVm machine, Instant now) {
        var wanted = instance.disks().stream().map(DiskSpec::volume).collect(Collectors.toSet());
        return machine.volumes().stream()
                .filter(v -> !wanted.contains(v))
                .filter(v -> machines.askedToUnplug(instance.id(), v)
                        .filter(asked -> !asked.due(now))
                        .isEmpty())
                .min(Comparator.comparing(VolumeId::value))
                .map(v -> new InstanceAction.DetachVolume(instance.id(), v));
    }

    /** One that could not be had last time waits for the others. */
    private Optional<InstanceAction> plug(InstanceSpec instance, ObservedVm machine, Moment moment) {
        return instance.disks().stream()
                .map(DiskSpec::volume)
                .filter(v -> !machine.volumes().contains(v))
                .sorted(Comparator.comparing(v -> machines.triedToPlug(instance.id(), v)))
                .flatMap(v -> disk(instance.id(), v, moment).stream())
                .findFirst()
                .map(d -> new InstanceAction.AttachVolume(instance.id(), d));
    }

    /** The volume as a disk of the instance's machine, once it is there and no other machine has it or is to have it: two that write to one destroy it. */
    private Optional<VmDisk> disk(InstanceId id, VolumeId volume, Moment moment) {
        return machines.heldBeside(id, volume) || wantedBeside(id, volume, moment)
                ? Optional.empty()
                : source(id, volume, moment).map(source -> new VmDisk(volume, source, volumes.limits(volume, moment)));
    }

    /** What a saved memory knows stays as it is until that goes on, so it need not be as wanted before. */
    private Optional<DiskSource> source(InstanceId id, VolumeId volume, Moment moment) {
        return machines.find(id).filter(m -> m.volumes().contains(volume)).isPresent()
                ? volumes.there(volume)
                : volumes.disk(volume, moment);
    }

    /** Whether another instance is to have the volume, too: the documents of one that gives it away and one that gets it may come apart. */
    static boolean wantedBeside(InstanceId id, VolumeId volume, Moment moment) {
        return moment.desired()
                .all(InstanceSpec.class)
                .filter(i -> i.presence() == Presence.PRESENT && !i.id().equals(id))
                .anyMatch(i -> i.disks().stream().anyMatch(d -> d.volume().equals(volume)));
    }

    Stream<InstanceAction> down(InstanceSpec instance, Moment moment) {
        var id = instance.id();
        if (machines.due(id, Pause.Remedy.ABANDON_START, moment.now())) {
            return Stream.of(new InstanceAction.AbandonStart(id));
        }
        return host.done(instance) && machines.find(id).isEmpty()
                ? Stream.empty()
                : Stream.of(new InstanceAction.RemoveMachine(id));
    }

    /** Whether the machine of an instance that is wanted on is off, may come up, and neither its guest wants it off nor is it to stay down, for ever or for now. */
    boolean toStart(InstanceSpec instance, Moment moment) {
        return !moment.gate().shut()
                && !machines.alive(instance.id())
                && !Halting.halted(moment.desired(), machines, instance)
                && !Recovery.staysDown(moment.desired(), machines, instance)
                && recovery.heldUntil(instance.id(), moment.now()).isEmpty();
    }

    /** The domain is kept as its guest's panic left it only to be noted: a guest may be set up to reboot by itself, or to write a dump. */
    private boolean panicked(InstanceSpec instance) {
        return machines.find(instance.id())
                .filter(m -> m.paused() == PauseReason.GUEST_CRASHED)
                .isPresent();
    }

    /** Hibernating is the one way to stop that may be tried on a machine in doubt without looking first: it takes nothing away. */
    private Stream<InstanceAction> stop(InstanceSpec instance, Instant now) {
        var id = instance.id();
        if (instance.stop() == InstanceSpec.StopMode.HIBERNATE) {
            return Stream.of(new InstanceAction.Hibernate(id));
        }
        var asked = machines.shutdown(id);
        if (instance.stop() == InstanceSpec.StopMode.FORCE
                || !machines.alive(id)
                || asked.filter(a -> !now.isBefore(a.first().plus(grace))).isPresent()) {
            return Stream.of(new InstanceAction.PowerOff(id));
        }
        return asked.filter(a -> now.isBefore(a.last().plus(ASK_AGAIN))).isPresent()
                ? Stream.empty()
                : Stream.of(new InstanceAction.RequestShutdown(id));
    }

    /** The machine to start; empty while anything that it stands on is not there. */
    private Optional<VmSpec> machine(InstanceSpec instance, Moment moment) {
        if (!groups.problems().isEmpty()) {
            return Optional.empty();
        }
        var disks = new ArrayList<VmDisk>();
        for (var disk : instance.disks()) {
            var ready = disk(instance.id(), disk.volume(), moment);
            if (ready.isEmpty()) {
                return Optional.empty();
            }
            disks.add(ready.get());
        }
        var nics = new ArrayList<VmNic>();
        for (var id : instance.interfaces()) {
            var nic = interfaces.nic(id, moment);
            if (nic.isEmpty()) {
                return Optional.empty();
            }
            nics.add(nic.get());
        }
        return Optional.of(new VmSpec(
                instance.id(),
                instance.account(),
                instance.generation(),
                instance.vcpus(),
                instance.memoryBytes(),
                instance.architecture(),
                instance.bootMode(),
                disks,
                nics));
    }
}
