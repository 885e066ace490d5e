package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.SnapshotOrigins;
import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The account's volumes. */
@Component
public class Volumes {
    private final Noun noun;
    private final VolumeTable table;
    private final VolumeEndings endings;
    private final SnapshotOrigins origins;
    private final Quotas quotas;
    private final ClientTokens tokens;
    private final Tags tags;
    private final History history;
    private final AvailabilityZones zones;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final RandomGenerator random;

    Volumes(
            VolumeTable table,
            VolumeEndings endings,
            SnapshotOrigins origins,
            Quotas quotas,
            ClientTokens tokens,
            Tags tags,
            History history,
            AvailabilityZones zones,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            RandomGenerator random) {
        this.noun = Noun.of(
                ResourceType.VOLUME,
                "volume v LEFT JOIN volume_attachment a ON a.volume = v.id",
                l -> filters(l).filter("availability-zone-id", Listing.translated("v.zone", zones.ids())));
        this.table = table;
        this.endings = endings;
        this.origins = origins;
        this.quotas = quotas;
        this.tokens = tokens;
        this.tags = tags;
        this.history = history;
        this.zones = zones;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
    }

    private static Listing filters(Listing volumes) {
        return volumes.filter("attachment.attach-time", Listing.time("a.attached"))
                .filter("attachment.delete-on-termination", "a.delete_on_termination::text")
                .filter("attachment.device", "a.device")
                .filter("attachment.instance-id", "a.instance")
                .filter("attachment.status", "lower(a.state)")
                .filter("availability-zone", "v.zone")
                .filter("create-time", Listing.time("v.created"))
                .filterConstant("encrypted", "false")
                .filterConstant("fast-restored", "false")
                .filterConstant("multi-attach-enabled", "false")
                .filterConstant("operator.managed", "false")
                .filterNone("operator.principal")
                .filter("size", "v.size_gib::text")
                .filter("snapshot-id", "coalesce(v.snapshot, '')")
                .filter("status", "replace(lower(v.state), '_', '-')")
                .filter("volume-id", "v.id")
                .filter("volume-type", "v.type");
    }

    @Bean
    Noun volumeNoun() {
        return noun;
    }

    /**
     * What is to be made.
     *
     * @param sizeGib in GiB; null for that of the snapshot
     * @param iops I/O operations per second; null where none are asked for
     * @param throughput in MiB/s; null where none is asked for
     * @param snapshot whose bytes it starts with; null for an empty one
     */
    public record Wish(
            VolumeType type,
            @Nullable Integer sizeGib,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            String zone,
            @Nullable SnapshotId snapshot,
            Map<String, String> tags) {
        /** An empty one. */
        public Wish(VolumeShape shape, String zone, Map<String, String> tags) {
            this(shape.type(), shape.sizeGib(), shape.iops(), shape.throughput(), zone, null, tags);
        }

        private VolumeShape shape(int gib) {
            return new VolumeShape(type, gib, iops, throughput);
        }
    }

    /**
     * Makes a volume. It gets its bytes on the host of the instance that it is first attached to: nothing is taken of any host before. Those of a snapshot stay for as long, whether or not that is deleted meanwhile.
     *
     * @param token of the client; null for none
     * @throws CloudException MissingParameter without a size and a snapshot, InvalidParameterValue, which a size below the snapshot's is too, InvalidParameterCombination, InvalidSnapshot.NotFound, IncorrectState unless the snapshot is
     *     completed, the quotas' errors, IdempotentParameterMismatch
     */
    public VolumeView create(Caller caller, Wish wish, @Nullable String token) {
        var hash = new ParameterHash()
                .add(wish.type().ec2Name())
                .add(wish.sizeGib())
                .add(wish.iops())
                .add(wish.throughput())
                .add(wish.zone())
                .addMap(wish.tags());
        if (wish.snapshot() != null) {
            hash.add(wish.snapshot().value());
        }
        return LostRaces.retry(() -> tokens.once(
                new ClientTokens.Use(caller, "CreateVolume", token, hash.hex()),
                () -> create(caller, wish),
                made -> List.of(made.id().value()),
                made -> require(caller, new VolumeId(made.getFirst()))));
    }

    private VolumeView create(Caller caller, Wish wish) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var shape = shape(caller, wish);
            shape.check();
            var zone = zones.existing(wish.zone()).name();
            quotas.require(caller.account(), Map.of(Quota.VOLUMES, 1L, Quota.VOLUME_GIB, (long) shape.sizeGib()));
            var row = new Row(
                    VolumeId.random(random),
                    caller.account(),
                    zone,
                    null,
                    shape,
                    VolumeState.AVAILABLE,
                    null,
                    wish.snapshot(),
                    wish.snapshot() == null,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    Generation.FIRST,
                    false,
                    null,
                    null);
            table.insert(row);
            tags.attach(caller.account(), Map.of(row.id().value(), wish.tags()));
            note(row, "created", made(row), caller);
            return views(List.of(row), Map.of(row.id().value(), wish.tags())).getFirst();
        }));
    }

    /** The snapshot's row, if there is one, stays as it is until the transaction ends. */
    private VolumeShape shape(Caller caller, Wish wish) {
        var size = wish.sizeGib();
        if (wish.snapshot() == null) {
            if (size == null) {
                throw new CloudException(
                        ErrorCode.MISSING_PARAMETER, "The request must contain the parameter size/snapshot");
            }
            return wish.shape(size);
        }
        var origin = origins.hold(caller, wish.snapshot());
        if (size != null && size < origin.sizeGib()) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, origin.tooLargeFor(size));
        }
        return wish.shape(size == null ? origin.sizeGib() : size);
    }

    private static String made(Row row) {
        var shape = row.shape();
        return shape.sizeGib() + " GiB of " + shape.type().ec2Name()
                + (row.snapshot() == null ? "" : ", from " + row.snapshot());
    }

    /**
     * Deletes a volume that no instance has, for good.
     *
     * @throws CloudException InvalidVolume.NotFound, VolumeInUse, IncorrectState
     */
    @Transactional
    public void delete(Caller caller, VolumeId id) {
        var row = lock(caller, id);
        if (row.attachment() != null) {
            throw new CloudException(
                    ErrorCode.VOLUME_IN_USE,
                    "Volume " + id + " is currently attached to "
                            + row.attachment().instance());
        }
        if (row.state() != VolumeState.AVAILABLE) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The volume '" + id + "' is " + row.state().ec2Name() + ".");
        }
        note(row, "deleting", "", caller);
        endings.delete(List.of(id));
    }

    /**
     * Says whether EC2 would go on with the volume's I/O if it doubted its data.
     *
     * @throws CloudException InvalidVolume.NotFound
     */
    @Transactional
    public void setAutoEnableIo(Caller caller, VolumeId id, boolean on) {
        var row = lock(caller, id);
        table.setAutoEnableIo(id, on);
        note(row, "modified", "autoEnableIO", caller);
    }

    /** The account's volume, locked.
     *
     * @throws CloudException InvalidVolume.NotFound
     */
    Row lock(Caller caller, VolumeId id) {
        if (noun.lockOwn(jdbc, caller.account(), List.of(id.value())).isEmpty()) {
            throw CloudException.missing(ResourceType.VOLUME, List.of(id.value()));
        }
        table.lock(List.of(id));
        return table.find(id).orElseThrow(() -> CloudException.missing(ResourceType.VOLUME, List.of(id.value())));
    }

    /**
     * Checks that every id is that of a volume of the account.
     *
     * @throws CloudException InvalidVolume.NotFound, InvalidVolumeID.Malformed
     */
    void requireAll(Caller caller, List<String> ids) {
        noun.listing().requireAll(jdbc, caller.account(), ids);
    }

    private void note(Row row, String event, String detail, Caller caller) {
        var request = "request " + caller.requestId();
        history.record(List.of(new Happening(
                row.account(), row.id().value(), event, detail.isEmpty() ? request : detail + ", " + request)));
    }

    /**
     * The account's volume with this id.
     *
     * @throws CloudException InvalidVolume.NotFound
     */
    public VolumeView require(Caller caller, VolumeId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    /** The volumes of all accounts, without their tags. */
    @Transactional(readOnly = true)
    public List<VolumeView> all() {
        return views(table.all(), Map.of());
    }

    /**
     * Lists volumes. Filters: {@code attachment.attach-time}, {@code attachment.delete-on-termination}, {@code attachment.device},
     * {@code attachment.instance-id}, {@code attachment.status}, {@code availability-zone}, {@code create-time}, {@code encrypted}, {@code multi-attach-enabled},
     * {@code size}, {@code snapshot-id}, {@code status}, {@code volume-id}, {@code volume-type} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<VolumeView> describe(Caller caller, Query query) {
        var page = noun.page(jdbc, caller, query, table::load, Row::id);
        return new Page<>(views(page.items()), page.nextToken());
    }

    /** The tags of each volume that has some. */
    Map<String, Map<String, String>> tagsOf(List<String> ids) {
        return tags.of(ids);
    }

    /** The rows' views in their order. */
    List<VolumeView> views(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        return views(rows, tags.of(rows.stream().map(r -> r.id().value()).toList()));
    }

    static List<VolumeView> views(List<Row> rows, Map<String, Map<String, String>> tagged) {
        return rows.stream()
                .map(r -> new VolumeView(
                        r.id(),
                        r.account(),
                        r.shape(),
                        r.state(),
                        r.zone(),
                        r.created(),
                        r.snapshot(),
                        r.attachment(),
                        r.place() == null ? null : r.place().host(),
                        r.autoEnableIo(),
                        r.transit() != null,
                        tagged.getOrDefault(r.id().value(), Map.of())))
                .toList();
    }
}
