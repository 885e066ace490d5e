package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.reconcile.HostStates;
import io.croft.agent.reconcile.Kind;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.agent.reconcile.Outcome;
import io.croft.agent.reconcile.Question;
import io.croft.agent.reconcile.Setback;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.upload.UploadPosition;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.protocol.SnapshotSpec;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a volume: taken at once, then sent to the controller, and kept until that wants it gone. It stands on its volume, which stays as long as it is wanted, whoever wants that gone; a machine may do with the volume what
 * it likes.
 */
public final class Snapshots extends Kind<SnapshotSpec, SnapshotAction> {
    private static final Failure OTHERS =
            new Failure(Failure.Code.STORAGE, "The controller has other blocks than were read.", true);

    private final Machines machines;
    private final Volumes volumes;
    private final Map<SnapshotId, VolumeId> there = new HashMap<>();
    private final Map<SnapshotId, UploadPosition> positions = new HashMap<>();
    private final Set<SnapshotId> sending = new HashSet<>();
    /** Those that are being taken, in whichever lane. */
    private final Set<SnapshotId> taking = new HashSet<>();
    /** The volumes whose snapshots were told when they were last asked for. */
    private final Set<VolumeId> read = new HashSet<>();
    /** Those of which the controller has other blocks than were read. */
    private final Set<SnapshotId> refused = new HashSet<>();

    /** Those that were taken in the lane of another. */
    private final Map<Lane, Lane> lanes = new HashMap<>();

    Snapshots(ObservedHost host, Machines machines, Volumes volumes) {
        super(DocumentKind.SNAPSHOT, SnapshotSpec.class, SnapshotAction.class, host);
        this.machines = machines;
        this.volumes = volumes;
    }

    private static DocumentKey key(SnapshotId id) {
        return new DocumentKey(DocumentKind.SNAPSHOT, id.value());
    }

    @Override
    protected Stream<SnapshotAction> up(SnapshotSpec snapshot, Moment moment) {
        if (!snapshot.taken()) {
            return take(snapshot, moment);
        }
        return host.done(snapshot) || lost(snapshot, moment)
                ? Stream.empty()
                : Stream.of(new SnapshotAction.SendSnapshot(
                        snapshot, positions.getOrDefault(snapshot.id(), UploadPosition.START)));
    }

    /** The first of those that are to be of one moment is taken for all of them. */
    private Stream<SnapshotAction> take(SnapshotSpec snapshot, Moment moment) {
        var together = together(snapshot, moment);
        return together.getFirst().equals(snapshot)
                        && together.stream().noneMatch(s -> s.taken() || taking.contains(s.id()))
                        && !together.stream().allMatch(s -> there.containsKey(s.id()))
                        && together.stream()
                                .allMatch(s -> volumes.there(s.volume()).isPresent())
                ? Stream.of(new SnapshotAction.TakeSnapshots(together, machine(together)))
                : Stream.empty();
    }

    /** Those that are to be of the snapshot's moment and are still wanted. */
    private static List<SnapshotSpec> together(SnapshotSpec snapshot, Moment moment) {
        return snapshot.together().stream()
                .flatMap(id -> moment.desired().find(SnapshotSpec.class, DocumentKind.SNAPSHOT, id.value()).stream())
                .filter(s -> s.presence() == Presence.PRESENT)
                .sorted(Comparator.comparing(s -> s.id().value()))
                .toList();
    }

    private @Nullable InstanceId machine(List<SnapshotSpec> snapshots) {
        var kept = snapshots.stream().map(SnapshotSpec::volume).toList();
        return machines.all().stream()
                .filter(ObservedVm::alive)
                .filter(m -> kept.stream().anyMatch(m.volumes()::contains))
                .map(ObservedVm::id)
                .findFirst()
                .orElse(null);
    }

    @Override
    protected Stream<SnapshotAction> down(SnapshotSpec snapshot, Moment moment) {
        var gone = host.done(snapshot) && !there.containsKey(snapshot.id());
        return gone || sending.contains(snapshot.id()) || taking.contains(snapshot.id())
                ? Stream.empty()
                : Stream.of(new SnapshotAction.DropSnapshot(snapshot, machine(List.of(snapshot))));
    }

    @Override
    protected boolean standsOn(DocumentKey other, Moment moment) {
        return other.kind() == DocumentKind.VOLUME
                && moment.claimed(SnapshotSpec.class)
                        .filter(s -> s.presence() == Presence.PRESENT)
                        .anyMatch(s -> s.volume().value().equals(other.id()));
    }

    @Override
    protected void begin(SnapshotAction action, Instant now) {
        switch (action) {
            case SnapshotAction.TakeSnapshots(var snapshots, var machine) -> {
                snapshots.forEach(s -> {
                    lanes.put(Lane.of(s.key()), action.lane());
                    taking.add(s.id());
                });
                if (machine == null) {
                    volumes.keep(snapshots.stream().map(SnapshotSpec::volume).toList());
                }
            }
            case SnapshotAction.DropSnapshot(var snapshot, var machine) -> {
                if (machine == null) {
                    volumes.keep(List.of(snapshot.volume()));
                }
            }
            case SnapshotAction.SendSnapshot a -> sending.add(a.snapshot().id());
        }
    }

    @Override
    protected void failed(SnapshotAction action) {
        ended(action);
    }

    private void ended(SnapshotAction action) {
        switch (action) {
            case SnapshotAction.TakeSnapshots a -> {
                a.snapshots().forEach(s -> taking.remove(s.id()));
                volumes.release(a.snapshots().stream().map(SnapshotSpec::volume).toList());
            }
            case SnapshotAction.DropSnapshot a ->
                volumes.release(List.of(a.snapshot().volume()));
            case SnapshotAction.SendSnapshot a -> sending.remove(a.snapshot().id());
        }
    }

    @Override
    protected void succeeded(SnapshotAction action, Outcome outcome, @Nullable Generation wanted) {
        ended(action);
        var id = action.snapshot().id();
        switch (action) {
            case SnapshotAction.TakeSnapshots a ->
                a.snapshots().forEach(s -> {
                    there.put(s.id(), s.volume());
                    host.settle(s.key(), s.generation());
                });
            case SnapshotAction.SendSnapshot _ ->
                ((SnapshotAction.Sent) outcome)
                        .next()
                        .ifPresentOrElse(next -> goOn(id, next), () -> host.settle(key(id), wanted));
            case SnapshotAction.DropSnapshot _ -> {
                there.remove(id);
                positions.remove(id);
                host.settle(key(id), wanted);
            }
        }
    }

    private void goOn(SnapshotId id, UploadPosition next) {
        positions.put(id, next);
        if (next.equals(UploadPosition.START)) {
            refused.add(id);
        }
    }

    /** All is told again, and later each time. */
    @Override
    protected List<Setback> round(Moment moment) {
        var setbacks = moment.claimed(SnapshotSpec.class)
                .filter(s -> refused.contains(s.id()))
                .map(s -> new Setback(s, OTHERS))
                .toList();
        refused.clear();
        return setbacks;
    }

    @Override
    protected List<Question<?>> questions() {
        return List.of(Question.needed("storage", d -> StoreAnswers.of(d, VolumeStore::snapshots), this::see));
    }

    /** Of a volume that could not be read nothing new is known. */
    private void see(StoreAnswers<VolumeId, Set<SnapshotId>> told, Predicate<Lane> moving) {
        var now = told.all();
        read.clear();
        read.addAll(now.keySet());
        Predicate<SnapshotId> settled = id -> {
            var lane = Lane.of(key(id));
            return !moving.test(lane) && !moving.test(lanes.getOrDefault(lane, lane));
        };
        there.entrySet()
                .removeIf(e -> settled.test(e.getKey())
                        && (now.containsKey(e.getValue())
                                || volumes.there(e.getValue()).isEmpty()));
        now.forEach((volume, snapshots) -> snapshots.stream().filter(settled).forEach(id -> there.put(id, volume)));
        lanes.values().removeIf(lane -> !moving.test(lane));
    }

    @Override
    protected Set<SnapshotId> there() {
        return there.keySet();
    }

    /**
     * One that was taken, or one of whose moment another was, and is missing in a volume that was read is not taken again: it would be of another moment. Of a volume that is not there or cannot be read
     * nothing is known.
     */
    private boolean lost(SnapshotSpec snapshot, Moment moment) {
        return moment.seen(snapshot)
                && (snapshot.taken() || together(snapshot, moment).stream().anyMatch(SnapshotSpec::taken))
                && read.contains(snapshot.volume())
                && !there.containsKey(snapshot.id());
    }

    @Override
    protected ObservedDocument state(SnapshotSpec snapshot, HostStates states) {
        var moment = states.moment();
        if (snapshot.presence() == Presence.ABSENT) {
            var gone = moment.seen(snapshot)
                    && host.done(snapshot)
                    && !there.containsKey(snapshot.id())
                    && !taking.contains(snapshot.id());
            return states.at(snapshot, gone, ObservedDocument.State.GONE);
        }
        if (lost(snapshot, moment) && !(snapshot.taken() && host.done(snapshot))) {
            var vanished = new Failure(Failure.Code.STORAGE, "The snapshot has vanished from this host.", false);
            return states.at(snapshot, ObservedDocument.State.FAILED, vanished);
        }
        var ready = snapshot.taken()
                ? host.done(snapshot)
                : together(snapshot, moment).stream().allMatch(s -> there.containsKey(s.id()));
        return states.at(snapshot, ready, ObservedDocument.State.READY);
    }
}
