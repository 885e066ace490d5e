package io.croft.agent.reconcile;

import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmNic;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.network.Port;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.PauseReason;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VpcId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * From what is wanted and what is there to what can be done next. Pure; it names every action whose conditions hold now, and none whose
 * conditions do not, so what depends on something else comes with a later plan. When nothing is left to do the plan is empty.
 *
 * <p>Up: VPC, and the filter for new ports beside it; then the tap, the volume beside it; then the machine. Down: the machine, then tap and
 * volume, then their chains, then the VPC. Only a tombstone takes anything down.
 */
final class HostPlanner {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Function<InterfaceSpec, Port> ports;
    private final Duration grace;

    /**
     * @param ports the place of an interface, derived from its id
     * @param grace how long a guest may take to power itself off before its power is cut
     */
    HostPlanner(Function<InterfaceSpec, Port> ports, Duration grace) {
        this.ports = ports;
        this.grace = grace;
    }

    List<HostAction> plan(LedgerState desired, ObservedHost observed, Instant now) {
        return desired.revision() == 0 || !observed.complete() ? List.of() : new Plan(desired, observed, now).actions();
    }

    /** The filter that is wanted while the host is as {@code observed}. */
    WantedFilter filter(LedgerState desired, ObservedHost observed) {
        return new WantedFilter(desired, observed, ports);
    }

    private final class Plan {
        private final LedgerState desired;
        private final ObservedHost observed;
        private final Instant now;
        private final WantedFilter filter;
        private final List<HostAction> actions = new ArrayList<>();

        Plan(LedgerState desired, ObservedHost observed, Instant now) {
            this.desired = desired;
            this.observed = observed;
            this.now = now;
            this.filter = filter(desired, observed);
        }

        List<HostAction> actions() {
            observed.hinted().forEach(id -> actions.add(new HostAction.Inspect(id)));
            claimed(OperationSpec.class).forEach(this::operation);
            claimed(InstanceSpec.class).forEach(this::instance);
            if (!observed.filter().inForce(filter.spec())) {
                actions.add(new HostAction.ApplyFirewall(filter.spec()));
            }
            claimed(VpcSpec.class).forEach(this::vpc);
            claimed(InterfaceSpec.class).forEach(this::port);
            claimed(VolumeSpec.class).forEach(this::volume);
            return actions;
        }

        /** What the controller disowned is left as it is. */
        private <T extends HostDocument> List<T> claimed(Class<T> type) {
            return desired.all(type)
                    .filter(d -> !desired.unclaimed().contains(d.key()))
                    .toList();
        }

        private void vpc(VpcSpec vpc) {
            if (vpc.presence() == Presence.PRESENT) {
                if (!observed.done(vpc) || observed.worn(vpc.id())) {
                    actions.add(new HostAction.EnsureVpc(vpc));
                } else if (!observed.serving(vpc.id())) {
                    actions.add(new HostAction.ServeMetadata(vpc.id()));
                }
            } else if (!inUse(vpc.id())) {
                if (observed.serving(vpc.id())) {
                    actions.add(new HostAction.WithdrawMetadata(vpc.id()));
                } else if (!observed.done(vpc) || observed.vpcs().contains(vpc.id())) {
                    actions.add(new HostAction.RemoveVpc(vpc.id()));
                }
            }
        }

        private boolean inUse(VpcId vpc) {
            return desired.all(InterfaceSpec.class)
                    .filter(i -> i.vpc().equals(vpc))
                    .anyMatch(i -> i.presence() == Presence.PRESENT || observed.mayBePlugged(i.id()));
        }

        private void port(InterfaceSpec port) {
            if (port.presence() == Presence.PRESENT) {
                var vpc = standing(port.vpc());
                if (!observed.done(port) && vpc.isPresent() && filter.exact(port)) {
                    actions.add(new HostAction.Plug(vpc.get(), port));
                }
            } else if (!observed.mayRun(port.instance())
                    && (!observed.done(port) || observed.ports().contains(port.id()))) {
                actions.add(new HostAction.Unplug(port.id()));
            }
        }

        private Optional<VpcSpec> standing(VpcId id) {
            return desired.find(VpcSpec.class, DocumentKind.VPC, id.value())
                    .filter(v -> v.presence() == Presence.PRESENT && observed.done(v));
        }

        private void volume(VolumeSpec volume) {
            if (volume.presence() == Presence.PRESENT) {
                if (!observed.done(volume) && !lost(volume)) {
                    actions.add(new HostAction.EnsureVolume(volume));
                }
            } else if (!inUse(volume)
                    && (!observed.done(volume) || observed.volumes().contains(volume.id()))) {
                actions.add(new HostAction.RemoveVolume(volume.id(), volume.backend()));
            }
        }

        /** A volume that was whole and is missing has lost its owner's data; an empty one in its place would hide that. */
        private boolean lost(VolumeSpec volume) {
            return desired.made().contains(volume.id())
                    && observed.volume(volume.id()).isEmpty();
        }

        private boolean inUse(VolumeSpec volume) {
            return desired.all(InstanceSpec.class)
                    .filter(i -> i.disks().stream().map(DiskSpec::volume).anyMatch(volume.id()::equals))
                    .anyMatch(i -> observed.mayRun(i.id()));
        }

        private void instance(InstanceSpec instance) {
            if (due(instance, Pause.Remedy.ABANDON_START)) {
                actions.add(new HostAction.AbandonStart(instance.id()));
            } else if (instance.presence() == Presence.ABSENT) {
                if (!observed.done(instance) || observed.machine(instance.id()).isPresent()) {
                    actions.add(new HostAction.RemoveMachine(instance.id()));
                }
            } else if (instance.power() == InstanceSpec.Power.ON) {
                if (due(instance, Pause.Remedy.RESUME)) {
                    actions.add(new HostAction.Resume(instance.id()));
                } else if (!alive(instance) && !halted(instance) && !down(instance)) {
                    machine(instance).map(HostAction.StartMachine::new).ifPresent(actions::add);
                } else if (panicked(instance)) {
                    actions.add(new HostAction.LetPanicGoOn(instance.id()));
                } else if (observed.late(instance.id(), now)) {
                    actions.add(new HostAction.SetClock(instance.id()));
                }
            } else if (observed.mayRun(instance.id())) {
                actions.addAll(stop(instance));
            }
        }

        /** The domain is kept as its guest's panic left it only to be noted: a guest may be set up to reboot by itself, or to write a dump. */
        private boolean panicked(InstanceSpec instance) {
            return observed.machine(instance.id())
                    .filter(m -> m.paused() == PauseReason.GUEST_CRASHED)
                    .isPresent();
        }

        private boolean alive(InstanceSpec instance) {
            return observed.machine(instance.id()).filter(m -> m.alive()).isPresent();
        }

        /** Whether the machine is paused for a reason that has this remedy, and it is time for it. */
        private boolean due(InstanceSpec instance, Pause.Remedy remedy) {
            return observed.pause(instance.id())
                    .filter(p ->
                            observed.machine(instance.id()).filter(p::tells).isPresent())
                    .filter(p -> p.due(remedy, now))
                    .isPresent();
        }

        private boolean halted(InstanceSpec instance) {
            return Halting.halted(desired, observed, instance);
        }

        /** Whether the machine stopped by itself and is not to be started again, or not now. */
        private boolean down(InstanceSpec instance) {
            return Recovery.staysDown(desired, observed, instance)
                    || observed.recovery().heldUntil(instance.id(), now).isPresent();
        }

        /** Hibernating is the one way to stop that may be tried on a machine in doubt without looking first: it takes nothing away. */
        private List<HostAction> stop(InstanceSpec instance) {
            if (instance.stop() == InstanceSpec.StopMode.HIBERNATE) {
                return List.of(new HostAction.Hibernate(instance.id()));
            }
            var asked = observed.shutdown(instance.id());
            if (instance.stop() == InstanceSpec.StopMode.FORCE
                    || !alive(instance)
                    || asked.filter(a -> !now.isBefore(a.first().plus(grace))).isPresent()) {
                return List.of(new HostAction.PowerOff(instance.id()));
            }
            return asked.filter(a -> now.isBefore(a.last().plus(ASK_AGAIN))).isPresent()
                    ? List.of()
                    : List.of(new HostAction.RequestShutdown(instance.id()));
        }

        /** The machine to start; empty while anything that it stands on is not there. */
        private Optional<VmSpec> machine(InstanceSpec instance) {
            if (!observed.filter().problems().isEmpty()) {
                return Optional.empty();
            }
            var disks = new ArrayList<VmDisk>();
            for (var disk : instance.disks()) {
                var volume = desired.find(
                                VolumeSpec.class,
                                DocumentKind.VOLUME,
                                disk.volume().value())
                        .filter(v -> v.presence() == Presence.PRESENT && observed.done(v))
                        .flatMap(v -> observed.volume(v.id()));
                if (volume.isEmpty()) {
                    return Optional.empty();
                }
                disks.add(new VmDisk(disk.volume(), volume.get()));
            }
            var nics = new ArrayList<VmNic>();
            for (var id : instance.interfaces()) {
                var nic = plugged(id);
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

        private Optional<VmNic> plugged(NetworkInterfaceId id) {
            return desired.find(InterfaceSpec.class, DocumentKind.INTERFACE, id.value())
                    .filter(i -> i.presence() == Presence.PRESENT && observed.done(i) && filter.holds(i.id()))
                    .filter(i -> observed.serving(i.vpc()))
                    .map(i -> {
                        var port = ports.apply(i);
                        return new VmNic(i.id(), i.mac(), port.tap(), port.mtu());
                    });
        }

        private void operation(OperationSpec operation) {
            if (operation.presence() == Presence.PRESENT
                    && !desired.results().containsKey(operation.id())
                    && due(operation)) {
                actions.add(new HostAction.Operate(operation));
            }
        }

        /** A reboot waits for a machine that is on its way up; past its deadline every verb is due, to be refused. */
        private boolean due(OperationSpec operation) {
            return operation.verb() != OperationSpec.Verb.REBOOT
                    || !now.isBefore(Instant.parse(operation.deadline()))
                    || !comingUp(operation);
        }

        private boolean comingUp(OperationSpec operation) {
            return desired.find(
                            InstanceSpec.class,
                            DocumentKind.INSTANCE,
                            operation.instance().value())
                    .filter(i -> i.presence() == Presence.PRESENT && i.power() == InstanceSpec.Power.ON)
                    .filter(i -> !alive(i) && !halted(i) && !down(i))
                    .isPresent();
        }
    }
}
