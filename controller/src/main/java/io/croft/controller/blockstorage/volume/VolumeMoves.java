package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.VolumeUploads;
import io.croft.controller.blockstorage.volume.VolumeMoveTable.Move;
import io.croft.controller.blockstorage.volume.VolumeTable.Place;
import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.blockstorage.volume.VolumeView.Attachment;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Fences;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.hostlink.HostObservations;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostFacts;
import io.croft.protocol.ObservedDocument;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves volumes that no machine has to other hosts, through the snapshot store: a snapshot of the volume comes into the store, the other host makes the volume of that, and once it is proved to have it the first is told to remove what it has. Until then
 * the first keeps all of it, and whoever gives a move up has the volume where it was.
 *
 * <p>A copy that fails is given up at once; one whose host is away waits for it. Another host that cannot make the volume is given up when it says that it never can, when it has said for {@link #PATIENCE} that it cannot now, and when it is proved dead;
 * while it is silent it is waited for.
 */
@Component
public class VolumeMoves {
    /** For how long another host may say that it cannot make a volume now. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final long GIB = 1L << 30;

    private final VolumeMoveTable moves;
    private final VolumeMoveEndings ends;
    private final VolumeTable table;
    private final VolumeModificationTable modifications;
    private final VolumeEndings endings;
    private final FillProgress filling;
    private final VolumeUploads uploads;
    private final HostObservations observations;
    private final Fleet fleet;
    private final Fences fences;
    private final Capacity capacity;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    VolumeMoves(
            VolumeMoveTable moves,
            VolumeMoveEndings ends,
            VolumeTable table,
            VolumeModificationTable modifications,
            VolumeEndings endings,
            FillProgress filling,
            VolumeUploads uploads,
            HostObservations observations,
            Fleet fleet,
            Fences fences,
            Capacity capacity,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.moves = moves;
        this.ends = ends;
        this.table = table;
        this.modifications = modifications;
        this.endings = endings;
        this.filling = filling;
        this.uploads = uploads;
        this.observations = observations;
        this.fleet = fleet;
        this.fences = fences;
        this.capacity = capacity;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A volume on its way.
     *
     * @param progress per cent
     * @param failure what keeps the other host from making it; null for nothing
     */
    public record MoveView(
            HostId from,
            HostId to,
            VolumeMoveState state,
            int progress,
            @Nullable String failure) {}

    /** All volumes that are on their way. */
    @Transactional(readOnly = true)
    public Map<VolumeId, MoveView> all() {
        return moves.all().stream().collect(Collectors.toMap(Move::volume, this::view));
    }

    private MoveView view(Move move) {
        var failure = told(move, observation(move)).orElse(null);
        return new MoveView(move.from().host(), move.to().host(), move.state(), progress(move), failure);
    }

    private static Optional<String> told(Move move, Optional<ObservedDocument> observation) {
        return observation
                .filter(_ -> move.state() == VolumeMoveState.FILLING)
                .map(ObservedDocument::failure)
                .map(f -> f.code() + ": " + f.message());
    }

    /** The copy is one half of it. */
    private int progress(Move move) {
        var carrier = uploads.carrier(move.carrier());
        return move.state() == VolumeMoveState.FILLING
                ? 50
                        + filling.percent(
                                        move.carrier(),
                                        carrier.map(SnapshotView::sizeGib).orElse(1))
                                / 2
                : carrier.map(SnapshotView::progress).orElse(0) / 2;
    }

    /**
     * Has a volume that no instance has go to a host, or stay where it is when it is on its way from there. Again, it does nothing.
     *
     * @param backend says which storage driver of the host keeps a volume of that shape
     * @param request who asks, for the history
     * @return as it is then, without its tags
     * @throws CloudException InvalidVolume.NotFound; VolumeInUse; IncorrectState for one without bytes, that is there already, or that is being made, deleted or modified; NotFound for the host; InvalidVolume.ZoneMismatch;
     *     InsufficientVolumeCapacity; Unavailable for a host that does not answer or has still something of the volume to remove; UnsupportedOperation for one whose agent is too old
     */
    @Transactional
    public VolumeView move(VolumeId id, HostId host, Function<VolumeShape, String> backend, String request) {
        want(id, host, backend, request);
        return Volumes.views(table.load(List.of(id.value())), Map.of()).getFirst();
    }

    private void want(VolumeId id, HostId host, Function<VolumeShape, String> backend, String request) {
        table.lock(List.of(id));
        var volume = table.find(id)
                .orElseThrow(() ->
                        new CloudException(ErrorCode.VOLUME_NOT_FOUND, "The volume '" + id + "' does not exist."));
        if (volume.attachment() != null) {
            throw new CloudException(
                    ErrorCode.VOLUME_IN_USE,
                    "The volume '" + id + "' is attached to the instance '"
                            + volume.attachment().instance() + "': only detached volumes are moved.");
        }
        requireZone(volume, host);
        var running = moves.find(id);
        if (running.isPresent()) {
            if (running.get().to().host().equals(host)) {
                return;
            }
            ends.giveUp(running.get(), "it is to go to host " + host + ", " + request);
            volume = table.find(id).orElseThrow();
            if (requirePlace(volume).host().equals(host)) {
                return;
            }
        }
        if (requirePlace(volume).host().equals(host)) {
            throw incorrect(volume, "is on that host already.");
        }
        begin(volume, new Place(host, backend.apply(volume.shape())), request);
    }

    private void requireZone(Row volume, HostId host) {
        var zone = fleet.find(host)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no host " + host + "."))
                .zone();
        if (!zone.equals(volume.zone())) {
            throw new CloudException(
                    ErrorCode.VOLUME_ZONE_MISMATCH,
                    "The volume '" + volume.id() + "' is in the zone " + volume.zone() + ", the host " + host + " in "
                            + zone + ".");
        }
    }

    private static Place requirePlace(Row volume) {
        if (volume.place() == null) {
            throw incorrect(
                    volume, "has no bytes yet: it is made on the host of the instance that it is first attached to.");
        }
        return volume.place();
    }

    private static CloudException incorrect(Row volume, String why) {
        return new CloudException(ErrorCode.INCORRECT_STATE, "The volume '" + volume.id() + "' " + why);
    }

    /**
     * Begins the move of a volume that has a place, is available and not on its way, and whose row the caller has locked.
     *
     * @throws CloudException as {@link #move}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void begin(Row volume, Place to, String why) {
        var from = requirePlace(volume);
        requireIdle(volume);
        requireAble(volume, from.host(), f -> f.takes(DocumentKind.SNAPSHOT), "take snapshots");
        requireAble(volume, to.host(), f -> f.can(HostFacts.FILLS_VOLUMES), "make volumes from snapshots");
        if (moves.hasLeftover(volume.id(), to.host())) {
            throw new CloudException(
                    ErrorCode.UNAVAILABLE,
                    "The host that the volume '" + volume.id()
                            + "' is to go to still removes what it had of it before. Try again later.");
        }
        requireNoOther(volume, to.host());
        var gib = volume.shape().sizeGib();
        if (!capacity.claim(to.host(), List.of(new Claim(volume.id(), new Resources(0, 0, gib * GIB))))) {
            throw new CloudException(
                    ErrorCode.INSUFFICIENT_VOLUME_CAPACITY,
                    "There is no room for the volume '" + volume.id() + "' on the host that it is to go to.");
        }
        var carrier = uploads.carry(new VolumeUploads.Load(volume.id(), volume.account(), gib, volume.snapshot()));
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        moves.insert(new Move(volume.id(), from, to, carrier, VolumeMoveState.COPYING, now, null));
        events.publishEvent(new VolumeLeaves(volume.id(), volume.account(), carrier, from.host(), from.backend(), gib));
        note(volume, "moving", "from host " + from.host() + " to host " + to.host() + ", " + why);
    }

    /** The host would take for the volume what it has under its name. */
    private void requireNoOther(Row volume, HostId host) {
        if (!observations.toldAll(host)) {
            throw new CloudException(
                    ErrorCode.UNAVAILABLE,
                    "The host that the volume '" + volume.id()
                            + "' is to go to has not told what it has yet. Try again later.");
        }
        if (hasOther(volume.id(), host)) {
            throw incorrect(
                    volume,
                    "cannot go to the host " + host
                            + ", which has another copy of it that nothing names, as a restore leaves it.");
        }
    }

    private boolean hasOther(VolumeId volume, HostId host) {
        return observations.orphans(host).stream()
                .anyMatch(o -> o.kind() == DocumentKind.VOLUME && o.owner().equals(volume.value()));
    }

    private void requireIdle(Row volume) {
        if (volume.state() != VolumeState.AVAILABLE) {
            throw incorrect(volume, "is " + volume.state().ec2Name() + ".");
        }
        if (modifications.find(volume.id()).filter(m -> m.ended() == null).isPresent()) {
            throw incorrect(volume, "is being modified.");
        }
    }

    private void requireAble(Row volume, HostId id, Predicate<HostFacts> able, String what) {
        var host = fleet.find(id).filter(h -> h.state() == HostState.READY);
        var facts = host.map(HostView::facts)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.UNAVAILABLE,
                        "A host that the volume '" + volume.id()
                                + "' is to move from or to does not answer right now. Try again later."));
        if (!able.test(facts)) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The volume '" + volume.id()
                            + "' cannot come to another host than the one that keeps it: the agent of the host " + id
                            + " is too old to " + what + ".");
        }
    }

    /** The volumes that are on their way and can be dealt with now. */
    public List<VolumeId> atHand() {
        return moves.atHand();
    }

    /** The instance that waits for a volume. */
    public Optional<InstanceId> awaiting(VolumeId id) {
        return table.find(id).map(Row::attachment).map(Attachment::instance);
    }

    /** What came of a step. */
    public enum Step {
        NONE,
        /** It is on its way still, or where it was. */
        TAKEN,
        /** Machines of its instance may have it now. */
        ARRIVED
    }

    /**
     * Brings a move on as far as it goes now.
     *
     * @param locked the instance that waits for the volume, whose row the caller has locked: what was attached or detached since is seen the next time
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Step step(VolumeId id, Optional<InstanceId> locked) {
        table.lock(List.of(id));
        var volume = table.find(id).orElse(null);
        var move = moves.find(id).orElse(null);
        if (volume == null
                || move == null
                || !Optional.ofNullable(volume.attachment())
                        .map(Attachment::instance)
                        .equals(locked)) {
            return Step.NONE;
        }
        if (fences.hold(move.to().host()).isPresent()) {
            return giveUp(volume, move, "The host that it was to go to was lost.");
        }
        return move.state() == VolumeMoveState.COPYING ? copy(volume, move) : fill(volume, move);
    }

    private Step copy(Row volume, Move move) {
        var carrier = uploads.carrier(move.carrier()).orElse(null);
        if (carrier == null) {
            return giveUp(volume, move, "What was to carry it is gone.");
        }
        return switch (carrier.state()) {
            case PENDING, SEALING -> Step.NONE;
            case COMPLETED -> {
                if (hasOther(volume.id(), move.to().host())) {
                    yield giveUp(
                            volume, move, "The host that it was to go to has another copy of it that nothing names.");
                }
                moves.copied(move);
                table.relocate(volume.id(), move.to());
                endings.put(List.of(volume.id()));
                note(volume, "copied", "on its way to host " + move.to().host());
                yield Step.TAKEN;
            }
            case ERROR, DELETING, RECYCLED ->
                giveUp(
                        volume,
                        move,
                        Objects.requireNonNullElse(carrier.message(), "What was to carry it was deleted."));
        };
    }

    private Step fill(Row volume, Move move) {
        var seen = observation(move)
                .filter(o -> !o.generation().olderThan(volume.generation()))
                .orElse(null);
        var failure = seen == null ? null : seen.failure();
        if (seen != null && seen.state() == ObservedDocument.State.READY) {
            ends.arrived(move);
            return Step.ARRIVED;
        }
        if (failure == null) {
            if (move.failingSince() != null) {
                moves.failing(volume.id(), null);
            }
            return Step.NONE;
        }
        var why = failure.code() + ": " + failure.message();
        if (move.failingSince() == null && failure.retryable()) {
            moves.failing(volume.id(), clock.instant());
            note(volume, "waiting", "The host " + move.to().host() + " cannot make it now: " + why);
            return Step.TAKEN;
        }
        return failure.retryable()
                        && move.failingSince() != null
                        && move.failingSince().plus(PATIENCE).isAfter(clock.instant())
                ? Step.NONE
                : giveUp(volume, move, "The host that it was to go to cannot make it: " + why);
    }

    private Optional<ObservedDocument> observation(Move move) {
        return observations.latest(
                move.to().host(),
                new DocumentKey(DocumentKind.VOLUME, move.volume().value()));
    }

    /** The instance that waits for the volume does not get it: its machine has had nothing of it. */
    private Step giveUp(Row volume, Move move, String why) {
        ends.giveUp(move, why);
        var attachment = volume.attachment();
        if (attachment != null) {
            table.detach(volume.id());
            table.move(List.of(volume.id()), VolumeEvent.DETACHED);
            var instance = attachment.instance().value();
            history.record(List.of(
                    new Happening(volume.account(), volume.id().value(), "attaching failed", instance + ": " + why),
                    new Happening(volume.account(), instance, "volume attaching failed", volume.id() + " " + why)));
        }
        return Step.TAKEN;
    }

    /** Drops what carries nothing any more, which a restore may leave; in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void drop(SnapshotId carrier) {
        if (moves.carriedBy(carrier).isEmpty()) {
            uploads.drop(carrier);
        }
    }

    /** What carries nothing any more. */
    public Set<SnapshotId> idle() {
        var idle = new ArrayList<>(uploads.carriers());
        idle.removeAll(moves.carriers());
        return Set.copyOf(idle);
    }

    private void note(Row volume, String event, String detail) {
        history.record(List.of(new Happening(volume.account(), volume.id().value(), event, detail)));
    }
}
