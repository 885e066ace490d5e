package io.croft.controller.blockstorage.capture;

import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.VolumeUploads;
import io.croft.controller.blockstorage.volume.SnapshotSources;
import io.croft.controller.blockstorage.volume.SnapshotSources.Source;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.compute.instance.NamedInstances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.protocol.DocumentKind;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes snapshots of volumes, whether machines have them or not. Whoever asks is answered once the volumes' hosts have taken them: what is written from then on is in none of them, and the volumes may be used, detached and
 * deleted at once. They are pending until all blocks are in the store.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html">CreateSnapshot</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html">CreateSnapshots</a>
 */
@Component
public class VolumeSnapshots {
    /** A client waits. */
    private static final Duration TAKEN = Duration.ofSeconds(20);

    private static final int PENDING_AT_ONCE = 5;
    private static final int PENDING_AT_ONCE_OF_HDD = 1;
    private static final Set<VolumeType> HDD = Set.of(VolumeType.ST1, VolumeType.SC1);
    private static final Set<InstanceState> SETTLED =
            Set.of(InstanceState.PENDING, InstanceState.RUNNING, InstanceState.STOPPING, InstanceState.STOPPED);

    private final SnapshotSources sources;
    private final NamedInstances instances;
    private final VolumeUploads uploads;
    private final Snapshots snapshots;
    private final Captures captures;
    private final Fleet fleet;
    private final TransactionTemplate transaction;

    VolumeSnapshots(
            SnapshotSources sources,
            NamedInstances instances,
            VolumeUploads uploads,
            Snapshots snapshots,
            Captures captures,
            Fleet fleet,
            TransactionTemplate transaction) {
        this.sources = sources;
        this.instances = instances;
        this.uploads = uploads;
        this.snapshots = snapshots;
        this.captures = captures;
        this.fleet = fleet;
        this.transaction = transaction;
    }

    /**
     * Takes a snapshot of a volume.
     *
     * @return the snapshot, of which the moment is past; in a transaction of the caller's, such as a dry run's, nothing is waited for
     * @throws CloudException InvalidVolume.NotFound; IncorrectState for a volume that is being made, filled or deleted; SnapshotLimitExceeded, ConcurrentSnapshotLimitExceeded, SnapshotCreationPerVolumeRateExceeded; UnsupportedOperation for a host whose
     *     agent is too old; Unavailable when its host does not answer: then there is no snapshot
     */
    public SnapshotView create(Caller caller, VolumeId volume, String description, Map<String, String> tags) {
        return taken(caller, () -> begin(caller, List.of(sources.lock(caller, volume)), description, _ -> tags))
                .getFirst();
    }

    /**
     * Which volumes of an instance.
     *
     * @param boot whether that which it boots from is among them
     * @param except others that are not
     * @param copyTags whether each snapshot has its volume's tags, too
     */
    public record InstanceWish(
            InstanceId instance,
            boolean boot,
            Set<VolumeId> except,
            boolean copyTags,
            String description,
            Map<String, String> tags) {}

    /**
     * Takes snapshots of an instance's volumes as of one moment: as if its power had been cut then.
     *
     * @return in the order of the volumes, the boot volume's first
     * @throws CloudException as {@link #create}, InvalidInstanceID.NotFound, IncorrectInstanceState, InvalidParameterValue for a volume that the instance has not and when none is left
     */
    public List<SnapshotView> createAll(Caller caller, InstanceWish wish) {
        return taken(caller, () -> beginAll(caller, wish));
    }

    /** The same in the caller's transaction, after which {@link #await} waits for the moment. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<SnapshotView> beginAll(Caller caller, InstanceWish wish) {
        var _ = instances.lock(caller, List.of(wish.instance()), SETTLED, "kept in snapshots");
        var all = sources.lock(wish.instance());
        var ids = all.stream().map(Source::id).collect(Collectors.toSet());
        wish.except().stream().filter(v -> !ids.contains(v)).findFirst().ifPresent(v -> {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The volume '" + v + "' is not attached to the instance '" + wish.instance() + "'.");
        });
        if (all.stream().anyMatch(s -> s.boot() && wish.except().contains(s.id()))) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The root volume of the instance '" + wish.instance() + "' is none of its data volumes.");
        }
        var wanted = all.stream()
                .filter(s -> s.boot() ? wish.boot() : !wish.except().contains(s.id()))
                .toList();
        if (wanted.isEmpty()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "No volume of the instance '" + wish.instance() + "' is left to take a snapshot of.");
        }
        return begin(caller, wanted, wish.description(), s -> tags(wish, s));
    }

    private static Map<String, String> tags(InstanceWish wish, Source source) {
        var tags = new HashMap<>(wish.copyTags() ? source.tags() : Map.of());
        tags.putAll(wish.tags());
        return tags;
    }

    private interface Begin {
        List<SnapshotView> run();
    }

    private interface TagsOf {
        Map<String, String> of(Source source);
    }

    private List<SnapshotView> taken(Caller caller, Begin begin) {
        var waits = !TransactionSynchronizationManager.isActualTransactionActive();
        var begun = Objects.requireNonNull(transaction.execute(_ -> begin.run()));
        return waits ? await(caller, begun) : begun;
    }

    /** Snapshots of volumes of one host are of one moment. */
    private List<SnapshotView> begin(Caller caller, List<Source> volumes, String description, TagsOf tags) {
        var made = new ArrayList<SnapshotView>();
        for (var volume : volumes) {
            requireAnswering(volume);
            made.add(uploads.start(
                    caller,
                    new VolumeUploads.Wish(
                            volume.id(),
                            volume.sizeGib(),
                            volume.snapshot(),
                            volume.place() != null,
                            HDD.contains(volume.type()) ? PENDING_AT_ONCE_OF_HDD : PENDING_AT_ONCE,
                            description,
                            tags.of(volume))));
        }
        var together = new ArrayList<SnapshotId>();
        for (var i = 0; i < volumes.size(); i++) {
            if (volumes.get(i).place() != null) {
                together.add(made.get(i).id());
            }
        }
        for (var i = 0; i < volumes.size(); i++) {
            capture(made.get(i), volumes.get(i), together);
        }
        return made;
    }

    private void capture(SnapshotView snapshot, Source volume, List<SnapshotId> together) {
        var place = volume.place();
        if (place != null) {
            captures.begin(new CaptureTable.Row(
                    snapshot.id(),
                    snapshot.owner(),
                    volume.id(),
                    place.host(),
                    place.backend(),
                    volume.sizeGib(),
                    together,
                    CaptureState.TAKING,
                    Generation.FIRST));
        }
    }

    /** What is to be of this moment cannot wait for a host that is away. */
    private void requireAnswering(Source volume) {
        if (volume.place() == null) {
            return;
        }
        var host = fleet.find(volume.place().host()).orElse(null);
        if (host == null || host.state() != HostState.READY) {
            throw away(volume.id());
        }
        if (!takesSnapshots(host)) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The agent of the host that keeps the volume '" + volume.id() + "' is too old to take snapshots.");
        }
    }

    private static boolean takesSnapshots(HostView host) {
        return host.facts() != null && host.facts().takes(DocumentKind.SNAPSHOT);
    }

    private static CloudException away(@Nullable Object volume) {
        return new CloudException(
                ErrorCode.UNAVAILABLE,
                "The host that keeps the volume '" + volume + "' does not answer right now. Try again later.");
    }

    /** Whether the hosts of the volumes have taken the snapshots, or will not any more. */
    public boolean taken(Collection<SnapshotId> ids) {
        return captures.taken(ids);
    }

    /** Somebody else may have deleted it. */
    private void giveUp(Caller caller, SnapshotId id) {
        try {
            transaction.executeWithoutResult(_ -> snapshots.delete(caller, id));
        } catch (CloudException e) {
            if (e.code() != ErrorCode.SNAPSHOT_NOT_FOUND) {
                throw e;
            }
        }
    }

    /**
     * Waits until the hosts have taken snapshots that were begun in a transaction which is over.
     *
     * @return as they are then
     * @throws CloudException Unavailable when a host does not answer in time, after which all of them are to be deleted
     */
    public List<SnapshotView> await(Caller caller, Collection<SnapshotView> begun) {
        var ids = begun.stream().map(SnapshotView::id).toList();
        if (!captures.awaitTaken(ids, TAKEN)) {
            ids.forEach(id -> giveUp(caller, id));
            throw away(begun.iterator().next().volume());
        }
        return ids.stream().map(id -> snapshots.require(caller, id)).toList();
    }
}
