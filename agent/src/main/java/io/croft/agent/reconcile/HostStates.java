package io.croft.agent.reconcile;

import static io.croft.protocol.ObservedDocument.State.FAILED;
import static io.croft.protocol.ObservedDocument.State.GONE;
import static io.croft.protocol.ObservedDocument.State.PENDING;
import static io.croft.protocol.ObservedDocument.State.POWERED_OFF;
import static io.croft.protocol.ObservedDocument.State.READY;
import static io.croft.protocol.ObservedDocument.State.STOPPED;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.GuestCondition;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Orphan;
import io.croft.protocol.PauseReason;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the controller is told of each document. Pure. */
final class HostStates {
    private static final Failure UNSEEN =
            failure(Failure.Code.INTERNAL, "The agent has not seen the host's state yet.", true);

    private static final Failure STAYS_DOWN = failure(
            Failure.Code.HYPERVISOR,
            "The machine stopped by itself, and its automatic recovery is off: stop and start it.",
            false);

    private static final Failure FORGOTTEN =
            failure(Failure.Code.HYPERVISOR, "The machine is off and its memory was not saved.", false);

    private final LedgerState desired;
    private final ObservedHost observed;
    private final WantedFilter filter;
    private final Troubles troubles;
    private final String now;

    /** @param now ISO-8601; stands in each state as the time since when it holds */
    HostStates(LedgerState desired, ObservedHost observed, WantedFilter filter, Troubles troubles, String now) {
        this.desired = desired;
        this.observed = observed;
        this.filter = filter;
        this.troubles = troubles;
        this.now = now;
    }

    HostReport report() {
        var documents = desired.documents().values().stream()
                .filter(d -> !desired.unclaimed().contains(d.key()))
                .filter(d -> !(d instanceof OperationSpec && d.presence() == Presence.PRESENT))
                .map(this::state)
                .toList();
        return new HostReport(documents, results(), orphans(), observed.complete());
    }

    private ObservedDocument state(HostDocument document) {
        return switch (document) {
            case VpcSpec vpc -> vpc(vpc);
            case SecurityGroupSpec group -> group(group);
            case InterfaceSpec port -> port(port);
            case VolumeSpec volume -> volume(volume);
            case InstanceSpec instance -> instance(instance);
            case OperationSpec operation -> at(operation, GONE);
        };
    }

    private ObservedDocument vpc(VpcSpec vpc) {
        if (vpc.presence() == Presence.ABSENT) {
            return at(vpc, seen(vpc) && done(vpc) && !observed.vpcs().contains(vpc.id()), GONE);
        }
        return at(vpc, done(vpc) && observed.serving(vpc.id()), READY);
    }

    private ObservedDocument group(SecurityGroupSpec group) {
        return at(group, filter.settled(group), group.presence() == Presence.PRESENT ? READY : GONE);
    }

    private ObservedDocument port(InterfaceSpec port) {
        if (port.presence() == Presence.ABSENT) {
            var unplugged = done(port) && !observed.mayBePlugged(port.id());
            return at(port, seen(port) && unplugged && !observed.filter().mayHold(port.id()), GONE);
        }
        return at(port, done(port) && filter.exact(port), READY);
    }

    private ObservedDocument volume(VolumeSpec volume) {
        var there = observed.volume(volume.id()).isPresent();
        if (volume.presence() == Presence.ABSENT) {
            return at(volume, seen(volume) && done(volume) && !there, GONE);
        }
        if (seen(volume) && !there && desired.made().contains(volume.id())) {
            return at(volume, FAILED, failure(Failure.Code.STORAGE, "The volume has vanished from this host.", true));
        }
        return at(volume, done(volume) && there, READY);
    }

    private ObservedDocument instance(InstanceSpec instance) {
        var machine = observed.machine(instance.id());
        if (instance.presence() == Presence.ABSENT) {
            return at(instance, seen(instance) && done(instance) && machine.isEmpty(), GONE);
        }
        var alive = observed.mayRun(instance.id());
        if (instance.power() == InstanceSpec.Power.OFF) {
            return seen(instance) && !alive && forgot(instance)
                    ? at(instance, STOPPED, FORGOTTEN)
                    : at(instance, seen(instance) && !alive, STOPPED);
        }
        var paused = machine.map(ObservedVm::paused);
        if (paused.isPresent()) {
            return paused(instance, paused.get());
        }
        if (Halting.halted(desired, observed, instance)) {
            return at(instance, POWERED_OFF);
        }
        if (machine.filter(ObservedVm::alive).isPresent()) {
            return at(instance, guarded(instance), READY)
                    .with(guarded(instance) ? guest(instance, machine.get()) : null);
        }
        if (!observed.complete()) {
            return at(instance, PENDING, UNSEEN);
        }
        if (Recovery.staysDown(desired, observed, instance)) {
            return at(instance, FAILED, STAYS_DOWN);
        }
        var held = observed.recovery().heldUntil(instance.id(), Instant.parse(now));
        if (held.isPresent()) {
            return at(instance, FAILED, held(held.get()));
        }
        var hindrance = hindrance(instance);
        return hindrance.map(f -> at(instance, FAILED, f)).orElseGet(() -> at(instance, PENDING));
    }

    private static Failure held(Instant until) {
        return failure(
                Failure.Code.HYPERVISOR,
                "The machine stopped by itself %d times within %d minutes: it is started again at %s."
                        .formatted(Recovery.MOST, Recovery.WITHIN.toMinutes(), until),
                true);
    }

    private GuestCondition guest(InstanceSpec instance, ObservedVm machine) {
        var first = instance.interfaces().stream().findFirst().orElse(null);
        return observed.guests().condition(machine, first, Instant.parse(now));
    }

    private ObservedDocument paused(InstanceSpec instance, PauseReason reason) {
        var tried = trouble(instance).map(f -> " " + f.message()).orElse("");
        var failure =
                failure(Failure.Code.HYPERVISOR, "The machine is paused: %s.%s".formatted(reason.words(), tried), true);
        return new ObservedDocument(instance.key(), instance.generation(), PENDING, failure, now, reason);
    }

    /** Whether the machine was to hibernate and is off without its memory. */
    private boolean forgot(InstanceSpec instance) {
        return instance.stop() == InstanceSpec.StopMode.HIBERNATE
                && observed.machine(instance.id())
                        .filter(m -> m.power() == ObservedVm.Power.SAVED)
                        .isEmpty();
    }

    /** Whether the running machine's firewall and metadata are in force. */
    private boolean guarded(InstanceSpec instance) {
        return interfaces(instance).allMatch(i -> filter.holds(i.id()) && observed.serving(i.vpc()))
                && instance.interfaces().size() == interfaces(instance).count();
    }

    /** What keeps a machine from starting: what cannot pass first, since it decides. */
    private Optional<Failure> hindrance(InstanceSpec instance) {
        var failures = new ArrayList<Failure>();
        trouble(instance).ifPresent(failures::add);
        instance.disks().stream()
                .map(DiskSpec::volume)
                .flatMap(id -> desired.find(VolumeSpec.class, DocumentKind.VOLUME, id.value()).stream())
                .map(this::volume)
                .flatMap(v -> Stream.ofNullable(v.failure()))
                .forEach(failures::add);
        interfaces(instance).forEach(i -> {
            trouble(i).ifPresent(failures::add);
            desired.find(VpcSpec.class, DocumentKind.VPC, i.vpc().value())
                    .flatMap(this::trouble)
                    .ifPresent(failures::add);
        });
        troubles.failure(Lane.FIREWALL, null).ifPresent(failures::add);
        observed.filter().problems().stream()
                .sorted()
                .map(p -> failure(Failure.Code.FIREWALL, p, true))
                .forEach(failures::add);
        missing(instance).ifPresent(failures::add);
        return failures.stream().min(Comparator.comparing(Failure::retryable));
    }

    private Optional<Failure> missing(InstanceSpec instance) {
        var disks = instance.disks().stream()
                .map(d -> new DocumentKey(DocumentKind.VOLUME, d.volume().value()));
        var ports = instance.interfaces().stream().map(i -> new DocumentKey(DocumentKind.INTERFACE, i.value()));
        return Stream.concat(disks, ports)
                .filter(key -> !desired.documents().containsKey(key))
                .findFirst()
                .map(key ->
                        failure(Failure.Code.MISSING_DOCUMENT, "This host knows nothing of " + key.id() + ".", true));
    }

    private Stream<InterfaceSpec> interfaces(InstanceSpec instance) {
        return instance.interfaces().stream()
                .flatMap(id -> desired.find(InterfaceSpec.class, DocumentKind.INTERFACE, id.value()).stream());
    }

    private boolean done(HostDocument document) {
        return observed.done(document);
    }

    private boolean seen(HostDocument document) {
        return observed.seen(
                switch (document.key().kind()) {
                    case VPC, INTERFACE -> ObservedHost.Part.NETWORK;
                    case SECURITY_GROUP -> ObservedHost.Part.FIREWALL;
                    case VOLUME -> ObservedHost.Part.VOLUMES;
                    case INSTANCE, OPERATION -> ObservedHost.Part.MACHINES;
                });
    }

    private Optional<Failure> trouble(HostDocument document) {
        if (!seen(document)) {
            return Optional.of(UNSEEN);
        }
        return troubles.failure(Lane.of(document.key()), document.generation());
    }

    private ObservedDocument at(HostDocument document, boolean reached, ObservedDocument.State state) {
        if (reached) {
            return at(document, state);
        }
        var trouble = document instanceof SecurityGroupSpec ? troubles.failure(Lane.FIREWALL, null) : trouble(document);
        return trouble.map(f -> at(document, seen(document) ? FAILED : PENDING, f))
                .orElseGet(() -> at(document, PENDING));
    }

    /** A document that came again with other content is a bug that must be seen, whatever became of the first one. */
    private ObservedDocument at(HostDocument document, ObservedDocument.State state) {
        var failure = desired.contested().contains(document.key())
                ? failure(
                        Failure.Code.INTERNAL,
                        "Generation " + document.generation() + " came again with other content; the first was kept.",
                        true)
                : null;
        return new ObservedDocument(document.key(), document.generation(), state, failure, now);
    }

    private ObservedDocument at(HostDocument document, ObservedDocument.State state, Failure failure) {
        return new ObservedDocument(document.key(), document.generation(), state, failure, now);
    }

    private static Failure failure(Failure.Code code, String message, boolean retryable) {
        return new Failure(code, message, retryable);
    }

    private List<OperationResult> results() {
        return desired.results().values().stream()
                .sorted(Comparator.comparing(r -> r.id().value()))
                .toList();
    }

    private List<Orphan> orphans() {
        var orphans = new ArrayList<Orphan>();
        observed.machines().forEach(m -> orphan(orphans, DocumentKind.INSTANCE, m.id()));
        observed.ports().forEach(id -> orphan(orphans, DocumentKind.INTERFACE, id));
        observed.volumes().forEach(id -> orphan(orphans, DocumentKind.VOLUME, id));
        observed.vpcs().forEach(id -> orphan(orphans, DocumentKind.VPC, id));
        orphans.sort(Comparator.comparing(Orphan::kind).thenComparing(Orphan::name));
        return orphans;
    }

    private void orphan(List<Orphan> orphans, DocumentKind kind, ResourceId id) {
        var key = new DocumentKey(kind, id.value());
        if (!desired.documents().containsKey(key) || desired.unclaimed().contains(key)) {
            orphans.add(new Orphan(kind, id.value(), id.value()));
        }
    }
}
