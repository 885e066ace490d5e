package io.croft.agent.reconcile.kinds;

import static io.croft.protocol.ObservedDocument.State.FAILED;
import static io.croft.protocol.ObservedDocument.State.GONE;
import static io.croft.protocol.ObservedDocument.State.PENDING;
import static io.croft.protocol.ObservedDocument.State.POWERED_OFF;
import static io.croft.protocol.ObservedDocument.State.READY;
import static io.croft.protocol.ObservedDocument.State.STOPPED;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.reconcile.HostStates;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.Failure;
import io.croft.protocol.GuestCondition;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.PauseReason;
import io.croft.protocol.Presence;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the controller is told of an instance. Pure. */
final class InstanceStates {
    private static final Failure STAYS_DOWN = failure(
            Failure.Code.HYPERVISOR,
            "The machine stopped by itself, and its automatic recovery is off: stop and start it.",
            false);

    private static final Failure FORGOTTEN =
            failure(Failure.Code.HYPERVISOR, "The machine is off and its memory was not saved.", false);

    private final ObservedHost host;
    private final Machines machines;
    private final Recovery recovery;
    private final GuestWatch guests;
    private final Interfaces interfaces;
    private final Volumes volumes;
    private final SecurityGroups groups;

    InstanceStates(
            ObservedHost host,
            Machines machines,
            Recovery recovery,
            GuestWatch guests,
            Interfaces interfaces,
            Volumes volumes,
            SecurityGroups groups) {
        this.host = host;
        this.machines = machines;
        this.recovery = recovery;
        this.guests = guests;
        this.interfaces = interfaces;
        this.volumes = volumes;
        this.groups = groups;
    }

    ObservedDocument state(InstanceSpec instance, HostStates states) {
        return standing(instance, states).holding(held(instance, states.moment()));
    }

    /** What the machine has of volumes; null while that is not known. */
    private @Nullable List<VolumeId> held(InstanceSpec instance, Moment moment) {
        return !moment.seen(instance) || host.inDoubt(instance.key())
                ? null
                : machines.find(instance.id()).map(ObservedVm::volumes).orElse(Set.of()).stream()
                        .sorted(Comparator.comparing(VolumeId::value))
                        .toList();
    }

    private ObservedDocument standing(InstanceSpec instance, HostStates states) {
        var seen = states.moment().seen(instance);
        var machine = machines.find(instance.id());
        if (instance.presence() == Presence.ABSENT) {
            return states.at(instance, seen && host.done(instance) && machine.isEmpty(), GONE);
        }
        if (instance.power() == InstanceSpec.Power.OFF) {
            var stopped = seen && !machines.mayRun(instance.id());
            return stopped && forgot(instance)
                    ? states.at(instance, STOPPED, FORGOTTEN)
                    : states.at(instance, stopped, STOPPED);
        }
        return wantedOn(instance, machine, states);
    }

    private ObservedDocument wantedOn(InstanceSpec instance, Optional<ObservedVm> machine, HostStates states) {
        var moment = states.moment();
        var paused = machine.map(ObservedVm::paused);
        if (paused.isPresent()) {
            return paused(instance, paused.get(), states);
        }
        if (Halting.halted(moment.desired(), machines, instance)) {
            return states.at(instance, POWERED_OFF);
        }
        if (machine.filter(ObservedVm::alive).isPresent()) {
            if (!guarded(instance, moment)) {
                return states.at(instance, false, READY);
            }
            return unplugged(instance, machine.get(), states)
                    .map(why -> states.at(instance, READY, why))
                    .orElseGet(() -> states.at(instance, READY))
                    .with(guest(instance, machine.get(), moment.now()));
        }
        if (!moment.complete()) {
            return states.at(instance, PENDING, HostStates.UNSEEN);
        }
        var held = moment.gate().failure();
        if (held.isPresent()) {
            return states.at(instance, PENDING, held.get());
        }
        if (Recovery.staysDown(moment.desired(), machines, instance)) {
            return states.at(instance, FAILED, STAYS_DOWN);
        }
        return recovery.heldUntil(instance.id(), moment.now())
                .map(InstanceStates::held)
                .or(() -> hindrance(instance, states))
                .map(f -> states.at(instance, FAILED, f))
                .orElseGet(() -> states.at(instance, PENDING));
    }

    /** Why a machine that runs has not the volumes that it is to have. */
    private Optional<Failure> unplugged(InstanceSpec instance, ObservedVm machine, HostStates states) {
        var wanted = instance.disks().stream().map(DiskSpec::volume).collect(Collectors.toSet());
        if (wanted.equals(machine.volumes())) {
            return Optional.empty();
        }
        return states.failure(instance)
                .or(() -> wanted.stream()
                        .filter(v -> !machine.volumes().contains(v))
                        .flatMap(v -> hindrance(instance.id(), v, states))
                        .findFirst())
                .or(() -> machine.volumes().stream()
                        .filter(v -> !wanted.contains(v))
                        .filter(v -> machines.askedToUnplug(instance.id(), v).isPresent())
                        .min(Comparator.comparing(VolumeId::value))
                        .map(v -> failure(
                                Failure.Code.HYPERVISOR,
                                "The guest was asked to let go of %s, and has not yet.".formatted(v),
                                true)));
    }

    /** What keeps a volume from its machine. */
    private Stream<Failure> hindrance(InstanceId id, VolumeId volume, HostStates states) {
        if (machines.heldBeside(id, volume) || InstancePlan.wantedBeside(id, volume, states.moment())) {
            var why = "Another machine still has %s, or is to have it.".formatted(volume);
            return Stream.of(failure(Failure.Code.HYPERVISOR, why, true));
        }
        var known = volumes.find(volume, states.moment());
        return known.isEmpty()
                ? Stream.of(unknown(Volumes.key(volume)))
                : known.map(v -> volumes.state(v, states)).stream().flatMap(v -> Stream.ofNullable(v.failure()));
    }

    private static Failure held(Instant until) {
        return failure(
                Failure.Code.HYPERVISOR,
                "The machine stopped by itself %d times within %d minutes: it is started again at %s."
                        .formatted(Recovery.MOST, Recovery.WITHIN.toMinutes(), until),
                true);
    }

    private GuestCondition guest(InstanceSpec instance, ObservedVm machine, Instant now) {
        var first = instance.interfaces().stream().findFirst().orElse(null);
        return guests.condition(machine, first, now);
    }

    private static ObservedDocument paused(InstanceSpec instance, PauseReason reason, HostStates states) {
        var tried = states.failure(instance).map(f -> " " + f.message()).orElse("");
        var failure =
                failure(Failure.Code.HYPERVISOR, "The machine is paused: %s.%s".formatted(reason.words(), tried), true);
        return new ObservedDocument(instance.key(), instance.generation(), PENDING, failure, states.since(), reason);
    }

    /** Whether the machine was to hibernate and is off without its memory. */
    private boolean forgot(InstanceSpec instance) {
        return instance.stop() == InstanceSpec.StopMode.HIBERNATE
                && machines.find(instance.id())
                        .filter(m -> m.power() == ObservedVm.Power.SAVED)
                        .isEmpty();
    }

    /** Whether what keeps the running machine's interfaces is in force. */
    private boolean guarded(InstanceSpec instance, Moment moment) {
        return interfaces(instance, moment).allMatch(i -> interfaces.guarded(i, moment))
                && instance.interfaces().size() == interfaces(instance, moment).count();
    }

    /** What keeps a machine from starting: what cannot pass first, since it decides. */
    private Optional<Failure> hindrance(InstanceSpec instance, HostStates states) {
        var moment = states.moment();
        var failures = new ArrayList<Failure>();
        states.failure(instance).ifPresent(failures::add);
        instance.disks().stream()
                .map(DiskSpec::volume)
                .flatMap(v -> hindrance(instance.id(), v, states))
                .forEach(failures::add);
        interfaces(instance, moment).forEach(i -> failures.addAll(interfaces.hindrances(i, states)));
        groups.failure(states).ifPresent(failures::add);
        groups.problems().stream()
                .sorted()
                .map(p -> failure(Failure.Code.FIREWALL, p, true))
                .forEach(failures::add);
        missing(instance, moment).ifPresent(failures::add);
        return failures.stream().min(Comparator.comparing(Failure::retryable));
    }

    private static Optional<Failure> missing(InstanceSpec instance, Moment moment) {
        var disks = instance.disks().stream().map(DiskSpec::volume).map(Volumes::key);
        var ports = instance.interfaces().stream().map(Interfaces::key);
        return Stream.<DocumentKey>concat(disks, ports)
                .filter(key -> !moment.desired().documents().containsKey(key))
                .findFirst()
                .map(InstanceStates::unknown);
    }

    private static Failure unknown(DocumentKey key) {
        return failure(Failure.Code.MISSING_DOCUMENT, "This host knows nothing of " + key.id() + ".", true);
    }

    private Stream<InterfaceSpec> interfaces(InstanceSpec instance, Moment moment) {
        return instance.interfaces().stream().flatMap(id -> interfaces.find(id, moment).stream());
    }

    private static Failure failure(Failure.Code code, String message, boolean retryable) {
        return new Failure(code, message, retryable);
    }
}
