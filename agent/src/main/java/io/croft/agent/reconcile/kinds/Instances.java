package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.ledger.LedgerNotes;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.reconcile.Gate;
import io.croft.agent.reconcile.HostStates;
import io.croft.agent.reconcile.Kind;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.agent.reconcile.Outcome;
import io.croft.agent.reconcile.Question;
import io.croft.agent.reconcile.Setback;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An instance's machine. It stands on its volumes and its interfaces, and on a filter that has no problems. */
public final class Instances extends Kind<InstanceSpec, InstanceAction> {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private final Interfaces interfaces;
    private final Machines machines;
    private final Recovery recovery = new Recovery();
    private final GuestWatch guests;
    private final InstancePlan plan;
    private final InstanceStates states;
    /** Those that were seen to run, or started, and not seen to stop since. */
    private final Set<InstanceId> started = new HashSet<>();

    Instances(
            ObservedHost host,
            Machines machines,
            Interfaces interfaces,
            Volumes volumes,
            SecurityGroups groups,
            Duration grace,
            GuestPatience patience) {
        super(DocumentKind.INSTANCE, InstanceSpec.class, InstanceAction.class, host);
        this.interfaces = interfaces;
        this.machines = machines;
        this.guests = new GuestWatch(patience);
        this.plan = new InstancePlan(host, machines, recovery, interfaces, volumes, groups, grace);
        this.states = new InstanceStates(host, machines, recovery, guests, interfaces, volumes, groups);
    }

    public static DocumentKey key(InstanceId id) {
        return new DocumentKey(DocumentKind.INSTANCE, id.value());
    }

    @Override
    protected Stream<InstanceAction> always(Moment moment) {
        return host.hinted().stream()
                .filter(key -> key.kind() == DocumentKind.INSTANCE)
                .map(key -> new InstanceAction.Inspect(new InstanceId(key.id())));
    }

    @Override
    protected Stream<InstanceAction> up(InstanceSpec instance, Moment moment) {
        return plan.up(instance, moment);
    }

    @Override
    protected Stream<InstanceAction> down(InstanceSpec instance, Moment moment) {
        return plan.down(instance, moment);
    }

    @Override
    protected boolean standsOn(DocumentKey other, Moment moment) {
        return switch (other.kind()) {
            // A port's addresses may be another's, and are shut out before their machine has ended.
            case INTERFACE ->
                moment.gate() != Gate.PASSING
                        && moment.desired()
                                .find(InterfaceSpec.class, other.kind(), other.id())
                                .filter(i -> machines.mayRun(i.instance()))
                                .isPresent();
            case VOLUME ->
                machines.held(new VolumeId(other.id()))
                        || moment.desired()
                                .all(InstanceSpec.class)
                                .filter(i -> has(i, other.id()))
                                .anyMatch(i -> machines.mayRun(i.id()));
            default -> false;
        };
    }

    /** A tenant waits for it. */
    @Override
    protected Set<Lane> way(InstanceSpec instance, Moment moment) {
        var disks = instance.disks().stream().map(d -> Lane.of(Volumes.key(d.volume())));
        var ports = instance.interfaces().stream().flatMap(id -> interfaces.lanes(id, moment));
        return Stream.of(Stream.of(Lane.of(instance.key())), disks, ports)
                .flatMap(lanes -> lanes)
                .collect(Collectors.toSet());
    }

    /** What is wanted gone or forced off is: its claims are others' then. */
    @Override
    protected boolean isBehindFence(InstanceSpec instance) {
        var id = instance.id();
        if (machines.mayRun(id)) {
            return instance.presence() == Presence.PRESENT
                    && (instance.power() == InstanceSpec.Power.ON || instance.stop() != InstanceSpec.StopMode.FORCE);
        }
        return instance.presence() == Presence.PRESENT || machines.find(id).isEmpty();
    }

    private static boolean has(InstanceSpec instance, String volume) {
        return instance.disks().stream()
                .map(DiskSpec::volume)
                .anyMatch(v -> v.value().equals(volume));
    }

    /** Whether the machine is about to start by the agent's doing. */
    boolean comingUp(InstanceId id, Moment moment) {
        return wantedOn(id, moment)
                .filter(i -> i.presence() == Presence.PRESENT && plan.toStart(i, moment))
                .isPresent();
    }

    @Override
    protected void begin(InstanceAction action, Instant now) {
        var id = action.instance();
        switch (action) {
            case InstanceAction.Inspect _ -> host.heed(key(id));
            case InstanceAction.RequestShutdown _ -> machines.askToShutDown(id, now);
            case InstanceAction.SetClock _ -> machines.askForTime(id, now);
            case InstanceAction.Resume _, InstanceAction.AbandonStart _ -> {
                machines.tryRemedy(id, now);
                host.doubt(key(id));
            }
            case InstanceAction.DetachVolume a -> machines.askToUnplug(id, a.volume(), now);
            case InstanceAction.StartMachine(var spec) -> {
                machines.plug(id, spec.volumes());
                host.doubt(key(id));
            }
            case InstanceAction.AttachVolume a -> {
                machines.plug(id, a.disk().volume(), now);
                host.doubt(key(id));
            }
            case InstanceAction.Hibernate _,
                    InstanceAction.PowerOff _,
                    InstanceAction.RemoveMachine _,
                    InstanceAction.LetPanicGoOn _ -> host.doubt(key(id));
        }
    }

    /** How the machine is now is asked before anything else. */
    @Override
    protected void failed(InstanceAction action) {
        host.hint(key(action.instance()));
    }

    @Override
    protected void succeeded(InstanceAction action, Outcome outcome, @Nullable Generation wanted) {
        var id = action.instance();
        switch (action) {
            case InstanceAction.StartMachine _ -> {
                machines.see(id, ((InstanceAction.Inspected) outcome).machine());
                started.add(id);
                host.settle(key(id), wanted);
            }
            case InstanceAction.PowerOff _ -> {
                machines.off(id);
                host.settle(key(id), wanted);
            }
            case InstanceAction.RemoveMachine _ -> {
                machines.see(id, null);
                host.settle(key(id), wanted);
            }
            case InstanceAction.Hibernate _ -> {
                machines.see(id, ((InstanceAction.Inspected) outcome).machine());
                host.settle(key(id), wanted);
            }
            case InstanceAction.Resume _,
                    InstanceAction.LetPanicGoOn _,
                    InstanceAction.AttachVolume _,
                    InstanceAction.DetachVolume _,
                    InstanceAction.Inspect _ -> {
                machines.see(id, ((InstanceAction.Inspected) outcome).machine());
                host.clear(key(id));
            }
            case InstanceAction.SetClock _ -> {
                machines.timeTaken(id, ((InstanceAction.ClockSet) outcome).taken());
                host.clear(key(id));
            }
            case InstanceAction.AbandonStart _ -> host.hint(key(id));
            case InstanceAction.RequestShutdown _ -> {}
        }
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(
                Question.besides("network", d -> d.network().answering(), (answers, _) -> guests.see(answers)),
                Question.needed("hypervisor", d -> d.hypervisor().list(), this::see));
    }

    private void see(List<ObservedVm> now, Predicate<Lane> moving) {
        var byId = new HashMap<InstanceId, ObservedVm>();
        now.forEach(m -> byId.put(m.id(), m));
        var ids = new HashSet<>(machines.ids());
        ids.addAll(byId.keySet());
        ids.stream().filter(id -> !moving.test(Lane.of(key(id)))).forEach(id -> machines.see(id, byId.get(id)));
        clear(moving);
        machines.all().stream().filter(ObservedVm::alive).map(ObservedVm::id).forEach(started::add);
    }

    @Override
    protected Set<InstanceId> there() {
        return machines.ids();
    }

    /** Which machines their guests powered off, and which have run that are not to be started again. */
    @Override
    protected void note(LedgerState desired, LedgerNotes ledger) {
        desired.all(InstanceSpec.class)
                .filter(i -> Halting.news(desired, machines, i))
                .forEach(i -> ledger.halted(i.id(), i.generation()));
        desired.all(InstanceSpec.class)
                .filter(i -> Recovery.news(desired, machines, i))
                .forEach(i -> ledger.ran(i.id(), i.generation()));
    }

    @Override
    protected List<Setback> round(Moment moment) {
        var crashed = crashed(moment);
        machines.notePauses(moment.now());
        guests.keepOnly(port -> runs(port, moment));
        return crashed;
    }

    /** A machine that stopped by itself starts again, later each time, unless it is to stay down. */
    private List<Setback> crashed(Moment moment) {
        var crashed = new ArrayList<Setback>();
        recovery.keepOnly(id -> wantedOn(id, moment).isPresent());
        for (var id : List.copyOf(started)) {
            var instance = wantedOn(id, moment);
            if (instance.isEmpty()) {
                started.remove(id);
            } else if (!machines.mayRun(id) && machines.find(id).isPresent()) {
                started.remove(id);
                if (Halting.halted(moment.desired(), machines, instance.get())) {
                    continue;
                }
                LOG.atWarn().addKeyValue("instance", id).log("A machine stopped by itself");
                if (!instance.get().staysDown()) {
                    recovery.begin(id, moment.now());
                    var why = new Failure(Failure.Code.HYPERVISOR, "The machine stopped by itself.", true);
                    crashed.add(new Setback(instance.get(), why));
                }
            }
        }
        return crashed;
    }

    private static Optional<InstanceSpec> wantedOn(InstanceId id, Moment moment) {
        return moment.desired()
                .find(InstanceSpec.class, DocumentKind.INSTANCE, id.value())
                .filter(i -> i.power() == InstanceSpec.Power.ON);
    }

    private boolean runs(NetworkInterfaceId port, Moment moment) {
        return moment.desired()
                .find(InterfaceSpec.class, DocumentKind.INTERFACE, port.value())
                .filter(i -> machines.alive(i.instance()))
                .isPresent();
    }

    @Override
    protected boolean expecting() {
        return machines.expecting();
    }

    @Override
    protected ObservedDocument state(InstanceSpec instance, HostStates told) {
        return states.state(instance, told);
    }
}
