package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.protocol.Failure;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes volumes larger and changes their types and performance, whether instances have them and run or not. A volume is shown as it is to be at once, and what it takes is taken at once; its modification is
 * completed when its host says that it is so. One that its host cannot carry out has failed, and the volume is to be again what it was.
 *
 * <p>One modification goes on at a time. Unlike EC2's, the next may begin as soon as the last has ended, however many there were that day: EC2 spares its own machinery by that limit, and a host here moves no data.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html">Modify a volume</a>
 */
@Component
public class VolumeModifications {
    private static final long GIB = 1L << 30;
    private static final int MOST_A_PAGE = 500;

    private final Volumes volumes;
    private final VolumeTable table;
    private final VolumeModificationTable modifications;
    private final VolumeEndings hosts;
    private final Quotas quotas;
    private final Capacity capacity;
    private final History history;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Listing listing;

    VolumeModifications(
            Volumes volumes,
            VolumeTable table,
            VolumeModificationTable modifications,
            VolumeEndings hosts,
            Quotas quotas,
            Capacity capacity,
            History history,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.volumes = volumes;
        this.table = table;
        this.modifications = modifications;
        this.hosts = hosts;
        this.quotas = quotas;
        this.capacity = capacity;
        this.history = history;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.listing = Listing.of(
                        "volume-modifications", "volume_modification m JOIN volume v ON v.id = m.volume", "m.volume")
                .names("modification for volume", ErrorCode.VOLUME_MODIFICATION_NOT_FOUND)
                .ownedBy("v.account")
                .pageSizes(1, MOST_A_PAGE)
                .filter("modification-state", "lower(m.state)")
                .filter("original-iops", "m.original_iops::text")
                .filter("original-size", "m.original_size_gib::text")
                .filter("original-volume-type", "m.original_type")
                .filterConstant("originalMultiAttachEnabled", "false")
                .filter("start-time", Listing.time("m.started"))
                .filter("target-iops", "m.target_iops::text")
                .filter("target-size", "m.target_size_gib::text")
                .filter("target-volume-type", "m.target_type")
                .filterConstant("targetMultiAttachEnabled", "false")
                .filter("volume-id", "m.volume");
    }

    /**
     * Changes a volume.
     *
     * @return the modification, which is completed at once where no host keeps the volume yet
     * @throws CloudException InvalidVolume.NotFound, IncorrectState, IncorrectModificationState while another goes on, MissingParameter when nothing is to be changed,
     *     InvalidParameterValue and InvalidParameterCombination for what EC2's types do not allow, the quotas' errors, InsufficientVolumeCapacity
     */
    public VolumeModification modify(Caller caller, VolumeId id, VolumeChange change) {
        return modify(caller, id, change, _ -> true);
    }

    /**
     * The same if the volume is as {@code expected}.
     *
     * @throws CloudException also PreconditionFailed
     */
    public VolumeModification modify(Caller caller, VolumeId id, VolumeChange change, Predicate<VolumeView> expected) {
        return LostRaces.retry(
                () -> Objects.requireNonNull(transaction.execute(_ -> begin(caller, id, change, expected))));
    }

    private VolumeModification begin(Caller caller, VolumeId id, VolumeChange change, Predicate<VolumeView> expected) {
        var volume = volumes.lock(caller, id);
        if (!expected.test(volumes.require(caller, id))) {
            throw new CloudException(ErrorCode.PRECONDITION_FAILED, "The volume '" + id + "' has changed meanwhile.");
        }
        requireIdle(volume);
        var original = volume.shape();
        var target = change.of(original);
        check(volume, target);
        take(volume, (long) target.sizeGib() - original.sizeGib());
        var generation = table.reshape(id, target);
        modifications.begin(id, original, target, generation, now());
        note(volume, "modifying", difference(original, target) + ", request " + caller.requestId());
        if (volume.place() == null) {
            carriedOut(id, generation);
        }
        hosts.put(List.of(id));
        return modifications.find(id).orElseThrow();
    }

    private void requireIdle(Row volume) {
        if (volume.state() != VolumeState.AVAILABLE && volume.state() != VolumeState.IN_USE) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The volume '" + volume.id() + "' is " + volume.state().ec2Name() + ".");
        }
        if (volume.transit() != null) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The volume '" + volume.id()
                            + "' is on its way to another host, and can be modified once it is there.");
        }
        if (modifications.find(volume.id()).filter(m -> m.ended() == null).isPresent()) {
            throw new CloudException(
                    ErrorCode.INCORRECT_MODIFICATION_STATE,
                    "Volume " + volume.id() + " cannot be modified in modification state MODIFYING");
        }
    }

    private static void check(Row volume, VolumeShape target) {
        if (volume.attachment() != null && volume.attachment().boot()) {
            target.checkRoot();
        } else {
            target.check();
        }
    }

    /** Holds what the volume is to have more, of its account's and of its host's. */
    private void take(Row volume, long gib) {
        if (gib == 0) {
            return;
        }
        quotas.require(volume.account(), Map.of(Quota.VOLUME_GIB, gib));
        var place = volume.place();
        if (place != null && !capacity.grow(place.host(), volume.id(), gib * GIB)) {
            throw new CloudException(
                    ErrorCode.INSUFFICIENT_VOLUME_CAPACITY,
                    "There is no room for " + gib + " GiB more of the volume '" + volume.id() + "' where it is.");
        }
    }

    /** The volume's host has it as it was told then. */
    @Transactional(propagation = Propagation.MANDATORY)
    void carriedOut(VolumeId id, Generation told) {
        modifications
                .end(id, told, VolumeModificationEvent.CARRIED_OUT, now(), null)
                .flatMap(_ -> table.find(id))
                .ifPresent(v -> note(v, "modified", words(v.shape())));
    }

    /**
     * The volume's host cannot have it as it was told then.
     *
     * @return whether that was a modification's doing, which is given up
     */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean refused(VolumeId id, Generation told, Failure failure) {
        table.lock(List.of(id));
        var given = modifications.end(id, told, VolumeModificationEvent.REFUSED, now(), reason(failure));
        given.ifPresent(m -> takeBack(table.find(id).orElseThrow(), m, failure));
        return given.isPresent();
    }

    private void takeBack(Row volume, VolumeModification given, Failure failure) {
        var place = Objects.requireNonNull(volume.place());
        var gib = given.target().sizeGib() - given.original().sizeGib();
        capacity.lessen(place.host(), volume.id(), gib * GIB);
        table.reshape(volume.id(), given.original().asked());
        note(volume, "modification failed", failure.code() + ": " + failure.message());
        hosts.put(List.of(volume.id()));
    }

    private static String reason(Failure failure) {
        return failure.code() == Failure.Code.DISK_FULL
                ? "There is no room for the volume where it is"
                : "The volume could not be changed where it is";
    }

    private static String difference(VolumeShape from, VolumeShape to) {
        return "from " + words(from) + " to " + words(to);
    }

    private static String words(VolumeShape shape) {
        return shape.sizeGib() + " GiB of " + shape.type().ec2Name()
                + (shape.iops() == null ? "" : ", " + shape.iops() + " IOPS")
                + (shape.throughput() == null ? "" : ", " + shape.throughput() + " MiB/s");
    }

    private void note(Row volume, String event, String detail) {
        history.record(List.of(new Happening(volume.account(), volume.id().value(), event, detail)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Lists the last modification of each volume that was ever modified. The filters are EC2's.
     *
     * @throws CloudException InvalidVolume.NotFound, InvalidVolumeModification.NotFound for a volume that was never modified
     */
    @Transactional(readOnly = true)
    public Page<VolumeModification> describe(Caller caller, Query query) {
        volumes.requireAll(caller, query.ids());
        var page = listing.find(jdbc, caller.account(), query);
        return page.found(modifications.load(page.items()).stream()
                .collect(Collectors.toMap(m -> m.volume().value(), m -> m)));
    }

    /**
     * The last modification of a volume.
     *
     * @throws CloudException as {@link #describe}
     */
    public VolumeModification require(Caller caller, VolumeId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }
}
