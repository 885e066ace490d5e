package io.croft.agent.reconcile.kinds;

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
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.Generation;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A volume on one of the host's storage backends. It stands on nothing. */
public final class Volumes extends Kind<VolumeSpec, Volumes.Action> {
    private final Map<VolumeId, DiskSource> disks = new HashMap<>();

    Volumes(ObservedHost host) {
        super(DocumentKind.VOLUME, VolumeSpec.class, Action.class, host);
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

        /** The image may have to come over a slow line first. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(30);
        }

        /** A volume that is there only grows, so its image is not fetched again. */
        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            var store = store(drivers, spec.backend());
            var fresh = store.find(spec.id()).isEmpty();
            var image = spec.image() != null && fresh ? drivers.images().require(spec.image()) : null;
            return new Stored(store.ensure(spec, image));
        }
    }

    public record RemoveVolume(VolumeId volume, String backend) implements Action {
        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            store(drivers, backend).remove(volume);
            return Outcome.DONE;
        }
    }

    public record Stored(DiskSource source) implements Outcome {}

    private static VolumeStore store(HostDrivers drivers, String backend) {
        return drivers.store(backend)
                .orElseThrow(() -> new StorageException(
                        new Failure(
                                Failure.Code.STORAGE, "This host has no storage backend \"" + backend + "\".", false),
                        null));
    }

    @Override
    protected Stream<EnsureVolume> up(VolumeSpec volume, Moment moment) {
        return host.done(volume) || lost(volume, moment) ? Stream.empty() : Stream.of(new EnsureVolume(volume));
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
                .filter(v -> v.presence() == Presence.PRESENT && host.done(v))
                .map(v -> disks.get(v.id()));
    }

    @Override
    protected void succeeded(Action action, Outcome outcome, @Nullable Generation wanted) {
        switch (action) {
            case EnsureVolume a -> disks.put(a.volume(), ((Stored) outcome).source());
            case RemoveVolume a -> disks.remove(a.volume());
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
        return List.of(Question.needed("storage", Volumes::list, this::see));
    }

    private static Map<VolumeId, DiskSource> list(HostDrivers drivers) {
        var found = new HashMap<VolumeId, DiskSource>();
        for (var store : drivers.stores()) {
            for (var id : new HashSet<>(store.list())) {
                store.find(id).ifPresent(source -> found.put(id, source));
            }
        }
        return found;
    }

    private void see(Map<VolumeId, DiskSource> now, Predicate<Lane> moving) {
        var there = new HashSet<>(disks.keySet());
        replace(there, now.keySet(), moving);
        disks.keySet().retainAll(there);
        there.forEach(id -> disks.computeIfAbsent(id, now::get));
    }

    @Override
    protected Set<VolumeId> there() {
        return disks.keySet();
    }

    @Override
    protected ObservedDocument state(VolumeSpec volume, HostStates states) {
        var seen = states.moment().seen(volume);
        var there = disks.containsKey(volume.id());
        if (volume.presence() == Presence.ABSENT) {
            return states.at(volume, seen && host.done(volume) && !there, ObservedDocument.State.GONE);
        }
        if (seen && lost(volume, states.moment())) {
            var vanished = new Failure(Failure.Code.STORAGE, "The volume has vanished from this host.", true);
            return states.at(volume, ObservedDocument.State.FAILED, vanished);
        }
        return states.at(volume, host.done(volume) && there, ObservedDocument.State.READY);
    }
}
