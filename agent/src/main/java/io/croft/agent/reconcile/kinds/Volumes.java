package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.ledger.LedgerNotes;
import io.croft.agent.reconcile.Crew;
import io.croft.agent.reconcile.HostAction;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.HostStates;
import io.croft.agent.reconcile.Kind;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.agent.reconcile.Outcome;
import io.croft.agent.reconcile.Question;
import io.croft.agent.storage.DiskSource;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.IoLimits;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A volume on one of the host's storage backends. It stands on nothing; one that is to grow while a machine has it is grown through that machine, which uses it no faster than is wanted. */
public final class Volumes extends Kind<VolumeSpec, Volumes.Action> {
    private static final Failure REMEMBERED = new Failure(
            Failure.Code.STORAGE,
            "The machine's saved memory knows the volume as it is: it grows once that goes on.",
            true);

    private static final long GIB = 1L << 30;
    /** How long a GiB takes at most to come, to be written and to be compared. */
    private static final Duration FILLED_GIB = Duration.ofMinutes(3);

    private final Map<VolumeId, StoredVolume> disks = new HashMap<>();
    /** Those that no machine has and that are to be changed as they lie: none gets them meanwhile. */
    private final Set<VolumeId> kept = new HashSet<>();

    /** Of each of those, where it is. */
    private final Map<VolumeId, String> backends = new HashMap<>();
    /** The backends that have said once what they have. */
    private final Set<String> answered = new HashSet<>();
    /** Those that have not, and do not answer. */
    private final Set<String> unknown = new HashSet<>();

    private final Machines machines;

    Volumes(ObservedHost host, Machines machines) {
        super(DocumentKind.VOLUME, VolumeSpec.class, Action.class, host);
        this.machines = machines;
    }

    static DocumentKey key(VolumeId id) {
        return new DocumentKey(DocumentKind.VOLUME, id.value());
    }

    /** Concerns a volume. */
    public sealed interface Action extends HostAction {
        VolumeId volume();

        @Override
        default Lane lane() {
            return Lane.of(key(volume()));
        }

        @Override
        default Crew crew() {
            return Crews.STORAGE;
        }

        @Override
        default Optional<Failure> failure(Throwable thrown) {
            return DriverFailures.of(thrown, Failure.Code.STORAGE);
        }
    }

    public record EnsureVolume(VolumeSpec spec) implements Action {
        @Override
        public VolumeId volume() {
            return spec.id();
        }

        @Override
        public Crew crew() {
            return spec.fills() ? Crews.FILLING : Crews.STORAGE;
        }

        /** The image or the snapshot may have to come over a slow line first, all of it. */
        @Override
        public Duration deadline() {
            var all = Duration.ofMinutes(30);
            return spec.image() != null || spec.fills()
                    ? all.plus(FILLED_GIB.multipliedBy(spec.sizeBytes() / GIB))
                    : all;
        }

        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            return Stored.as(spec, ensured(drivers, spec));
        }
    }

    /** Has a machine that runs use a volume no faster than is wanted. */
    public record LimitVolume(VolumeSpec spec, InstanceId machine) implements Action {
        @Override
        public VolumeId volume() {
            return spec.id();
        }

        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            drivers.hypervisor().limit(machine, spec.id(), limits());
            return Outcome.DONE;
        }

        private IoLimits limits() {
            return Objects.requireNonNullElse(spec.limits(), IoLimits.NONE);
        }
    }

    /** Grows a volume that a machine which runs has as its disk. */
    public record GrowVolume(VolumeSpec spec, InstanceId machine) implements Action {
        @Override
        public VolumeId volume() {
            return spec.id();
        }

        /** From outside first, as far as that goes: a machine is to see nothing that is not there. */
        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            var store = store(drivers, spec.backend());
            var _ = requireThere(store);
            requireRunning(drivers);
            var size = Math.max(spec.sizeBytes(), ensured(drivers, spec).sizeBytes());
            drivers.hypervisor().grow(machine, spec.id(), size);
            return Stored.as(spec, requireThere(store));
        }

        /** What a memory knows that was saved meanwhile stays as it is. */
        private void requireRunning(HostDrivers drivers) {
            if (drivers.hypervisor()
                    .inspect(machine)
                    .filter(m -> m.runs(spec.id()))
                    .isEmpty()) {
                throw retryable(
                        "%s was to grow in %s, which does not run with it any more.".formatted(spec.id(), machine));
            }
        }

        /** An empty one must not take the place of one that has vanished. */
        private StoredVolume requireThere(VolumeStore store) {
            return store.find(spec.id()).orElseThrow(() -> retryable(spec.id() + " has vanished."));
        }
    }

    private static StorageException retryable(String message) {
        return new StorageException(new Failure(Failure.Code.STORAGE, message, true), null);
    }

    public record RemoveVolume(VolumeId volume, String backend) implements Action {
        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            store(drivers, backend).remove(volume);
            return Outcome.DONE;
        }
    }

    public record Stored(StoredVolume volume) implements Outcome {
        /** One that has not grown is open in a machine that is no more, or not yet, as it was taken to be. */
        private static Stored as(VolumeSpec spec, StoredVolume volume) {
            if (volume.sizeBytes() < spec.sizeBytes()) {
                throw retryable("%s has %d of %d bytes, and somebody has it open."
                        .formatted(spec.id(), volume.sizeBytes(), spec.sizeBytes()));
            }
            return new Stored(volume);
        }
    }

    private static StoredVolume ensured(HostDrivers drivers, VolumeSpec spec) {
        return store(drivers, spec.backend()).ensure(spec, drivers.origin(spec));
    }

    static VolumeStore store(HostDrivers drivers, String backend) {
        return drivers.store(backend)
                .orElseThrow(() -> new StorageException(
                        new Failure(
                                Failure.Code.STORAGE, "This host has no storage backend \"" + backend + "\".", false),
                        null));
    }

    @Override
    protected Stream<Action> up(VolumeSpec volume, Moment moment) {
        if (unknown(volume) || lost(volume, moment)) {
            return Stream.empty();
        }
        if ((small(volume) && machines.held(volume.id())) || unseen(volume)) {
            return machines.running(volume.id()).<Action>map(m -> new GrowVolume(volume, m.id())).stream();
        }
        var unlimited = unlimited(volume);
        if (unlimited.isPresent() && disks.containsKey(volume.id())) {
            return unlimited.<Action>map(m -> new LimitVolume(volume, m.id())).stream();
        }
        return host.done(volume) && !small(volume) ? Stream.empty() : Stream.of(new EnsureVolume(volume));
    }

    /** The machine that runs and may use the volume otherwise than is wanted. */
    private Optional<ObservedVm> unlimited(VolumeSpec volume) {
        var limits = volume.limits();
        return machines.running(volume.id())
                .filter(m -> limits != null && !m.limits(volume.id()).equals(limits));
    }

    /** How fast a machine may use it that gets it. */
    IoLimits limits(VolumeId id, Moment moment) {
        return find(id, moment).map(VolumeSpec::limits).orElse(IoLimits.NONE);
    }

    /** Whether the volume is there and is to grow. */
    private boolean small(VolumeSpec volume) {
        var stored = disks.get(volume.id());
        return stored != null && stored.sizeBytes() < volume.sizeBytes();
    }

    /** Whether a machine that runs with the volume sees less of it than is wanted: who was to tell it that the volume had grown did not live to do so. */
    private boolean unseen(VolumeSpec volume) {
        return machines.running(volume.id())
                .filter(m -> m.sees(volume.id()) < volume.sizeBytes())
                .isPresent();
    }

    /** A volume that was whole and is missing has lost its owner's data; an empty one in its place would hide that. */
    private boolean lost(VolumeSpec volume, Moment moment) {
        return moment.desired().made().contains(volume.id()) && !disks.containsKey(volume.id());
    }

    @Override
    protected Stream<RemoveVolume> down(VolumeSpec volume, Moment moment) {
        return host.done(volume) && !disks.containsKey(volume.id())
                ? Stream.empty()
                : Stream.of(new RemoveVolume(volume.id(), volume.backend()));
    }

    Optional<VolumeSpec> find(VolumeId id, Moment moment) {
        return moment.desired().find(VolumeSpec.class, DocumentKind.VOLUME, id.value());
    }

    /** Where the volume is, once it is as wanted. */
    Optional<DiskSource> disk(VolumeId id, Moment moment) {
        return find(id, moment)
                .filter(v -> v.presence() == Presence.PRESENT && host.done(v) && !kept.contains(v.id()))
                .flatMap(v -> there(v.id()));
    }

    /** Keeps volumes that no machine has from machines. */
    void keep(Collection<VolumeId> ids) {
        kept.addAll(ids);
    }

    void release(Collection<VolumeId> ids) {
        kept.removeAll(Set.copyOf(ids));
    }

    /** The same whether it is as wanted or not. */
    Optional<DiskSource> there(VolumeId id) {
        return Optional.ofNullable(disks.get(id)).map(StoredVolume::source);
    }

    @Override
    protected void succeeded(Action action, Outcome outcome, @Nullable Generation wanted) {
        switch (action) {
            case EnsureVolume a -> {
                disks.put(a.volume(), ((Stored) outcome).volume());
                backends.put(a.volume(), a.spec().backend());
            }
            case GrowVolume a -> {
                disks.put(a.volume(), ((Stored) outcome).volume());
                machines.grown(a.machine(), a.volume(), a.spec().sizeBytes());
            }
            case LimitVolume a -> {
                machines.limited(a.machine(), a.volume(), a.limits());
                if (host.done(a.spec())) {
                    host.drifted();
                }
            }
            case RemoveVolume a -> {
                disks.remove(a.volume());
                backends.remove(a.volume());
            }
        }
        host.settle(key(action.volume()), wanted);
    }

    @Override
    protected Optional<Consumer<LedgerNotes>> note(Action action, Outcome outcome) {
        return action instanceof EnsureVolume ensured
                ? Optional.of(ledger -> ledger.made(ensured.volume()))
                : Optional.empty();
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(Question.needed("storage", d -> StoreAnswers.of(d, VolumeStore::list), this::see));
    }

    /** Of a store that does not answer now, what it said before is what is known. */
    private void see(StoreAnswers<VolumeId, StoredVolume> told, Predicate<Lane> moving) {
        var now = new HashMap<VolumeId, StoredVolume>();
        disks.forEach((id, volume) -> {
            if (told.silent().contains(backends.get(id))) {
                now.put(id, volume);
            }
        });
        told.found().forEach((backend, volumes) -> {
            now.putAll(volumes);
            volumes.keySet().forEach(id -> backends.put(id, backend));
        });
        var there = new HashSet<>(disks.keySet());
        replace(there, now.keySet(), moving);
        disks.keySet().retainAll(there);
        backends.keySet().retainAll(there);
        there.stream()
                .filter(id -> !moving.test(Lane.of(key(id))))
                .forEach(id -> disks.put(id, Objects.requireNonNull(now.get(id))));
        answered.addAll(told.found().keySet());
        unknown.addAll(told.silent());
        unknown.removeAll(answered);
    }

    /** Whether the volume's backend has not said yet what it has: the volume may be there as it is wanted. */
    private boolean unknown(VolumeSpec volume) {
        return unknown.contains(volume.backend());
    }

    private static Failure silent(VolumeSpec volume) {
        return new Failure(Failure.Code.STORAGE, "The storage backend " + volume.backend() + " does not answer.", true);
    }

    @Override
    protected Set<VolumeId> there() {
        return disks.keySet();
    }

    @Override
    protected ObservedDocument state(VolumeSpec volume, HostStates states) {
        var seen = states.moment().seen(volume) && !unknown(volume);
        var there = disks.containsKey(volume.id());
        if (volume.presence() == Presence.ABSENT) {
            return states.at(volume, seen && host.done(volume) && !there, ObservedDocument.State.GONE);
        }
        if (unknown(volume)) {
            return states.at(volume, ObservedDocument.State.PENDING, silent(volume));
        }
        if (seen && lost(volume, states.moment())) {
            var vanished = new Failure(Failure.Code.STORAGE, "The volume has vanished from this host.", true);
            return states.at(volume, ObservedDocument.State.FAILED, vanished);
        }
        if (seen && small(volume) && machines.saved(volume.id())) {
            return states.notYet(volume, Optional.of(REMEMBERED));
        }
        var asWanted = host.done(volume)
                && there
                && !small(volume)
                && !unseen(volume)
                && unlimited(volume).isEmpty();
        return states.at(volume, asWanted, ObservedDocument.State.READY);
    }
}
