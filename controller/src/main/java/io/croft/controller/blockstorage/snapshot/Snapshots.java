package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Snapshots. An account sees its own, the public ones and those that are shared with it. */
@Component
public class Snapshots {
    /** What EC2 names as the volume of a snapshot that was taken of none. */
    public static final String NO_VOLUME = "vol-ffffffff";

    private static final int LONGEST_DESCRIPTION = 255;
    private static final String RESTORABLE_BY = "restorable-by";
    private static final String STATE = "CASE s.state WHEN 'SEALING' THEN 'pending' ELSE lower(s.state) END";

    private final Noun noun;
    private final SnapshotTable table;
    private final SnapshotHolds holds;
    private final Quotas quotas;
    private final Tags tags;
    private final History history;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random;
    private final ObjectProvider<SnapshotUser> users;
    private final Duration retention;

    Snapshots(
            SnapshotTable table,
            SnapshotHolds holds,
            Quotas quotas,
            Tags tags,
            History history,
            JdbcClient jdbc,
            Clock clock,
            RandomGenerator random,
            ObjectProvider<SnapshotUser> users,
            SnapshotProperties properties) {
        this.noun = Noun.of(ResourceType.SNAPSHOT, "snapshot s", Snapshots::filters);
        this.table = table;
        this.holds = holds;
        this.quotas = quotas;
        this.tags = tags;
        this.history = history;
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
        this.users = users;
        this.retention = properties.retention();
    }

    private static Listing filters(Listing snapshots) {
        return snapshots
                .visibleWhere("""
                        NOT s.carrier AND s.state NOT IN ('RECYCLED', 'DELETING') AND (s.account = :account OR s.is_public
                            OR EXISTS (SELECT FROM snapshot_share h WHERE h.snapshot = s.id AND h.account = :account))
                        """)
                .scope(RESTORABLE_BY, """
                        SELECT 'all' WHERE s.is_public
                        UNION ALL
                        SELECT s.account WHERE s.account = :account
                        UNION ALL
                        SELECT h.account FROM snapshot_share h
                        WHERE h.snapshot = s.id AND (s.account = :account OR h.account = :account)
                        """)
                .filter("description", "s.description")
                .filterConstant("encrypted", "false")
                .filterNone("owner-alias")
                .filter("owner-id", "s.account")
                .filter("progress", "s.progress || '%'")
                .filter("snapshot-id", "s.id")
                .filter("start-time", Listing.time("s.started"))
                .filter("status", STATE)
                .filterConstant("storage-tier", "standard")
                .filterConstant("transfer-type", "standard")
                .filter("volume-id", "coalesce(s.volume, '" + NO_VOLUME + "')")
                .filter("volume-size", "s.size_gib::text");
    }

    /** Tags are those of a snapshot's owner only. */
    @Bean
    Noun snapshotNoun() {
        return noun;
    }

    /**
     * The snapshots that the caller may read and asks for. Filters: {@code description}, {@code encrypted}, {@code owner-id}, {@code progress}, {@code snapshot-id}, {@code start-time},
     * {@code status}, {@code storage-tier}, {@code volume-id}, {@code volume-size} and the tags'.
     *
     * @throws CloudException InvalidSnapshot.NotFound for an id that is not among them
     */
    @Transactional(readOnly = true)
    public Page<SnapshotView> describe(Caller caller, SnapshotQuery query) {
        var owners = query.owners().stream().map(AccountId::value).toList();
        var asked = owners.isEmpty() ? query.query() : query.query().and(List.of(new Filter("owner-id", owners)));
        var restorable = query.restorableBy().isEmpty()
                ? List.<Filter>of()
                : List.of(new Filter(RESTORABLE_BY, query.restorableBy()));
        var page = noun.listing().find(jdbc, caller.account(), asked, restorable);
        var rows = new HashMap<String, Row>();
        table.load(page.items()).forEach(r -> rows.put(r.id().value(), r));
        var own = rows.values().stream()
                .filter(r -> r.account().equals(caller.account()))
                .map(r -> r.id().value())
                .toList();
        var tagged = tags.of(own);
        return page.found(rows).map(r -> r.view(tagged.getOrDefault(r.id().value(), Map.of())));
    }

    /**
     * The account's own snapshot with this id.
     *
     * @throws CloudException InvalidSnapshot.NotFound
     */
    @Transactional(readOnly = true)
    public SnapshotView require(Caller caller, SnapshotId id) {
        return describe(caller, SnapshotQuery.own(caller.account(), Query.ofIds(List.of(id.value())))).items().stream()
                .findFirst()
                .orElseThrow(() -> missing(id));
    }

    /** The snapshots of all accounts, without their tags. */
    @Transactional(readOnly = true)
    public List<SnapshotView> all() {
        return table.all().stream()
                .filter(r -> !r.carrier())
                .map(r -> r.view(Map.of()))
                .toList();
    }

    /**
     * Deletes a snapshot: one that is completed goes to the recycle bin where there is one, any other for good. No other loses anything by it.
     *
     * @throws CloudException InvalidSnapshot.NotFound; InvalidSnapshot.InUse while one is being written that begins with its blocks, or something needs it
     */
    @Transactional
    public void delete(Caller caller, SnapshotId id) {
        var row = lockOwn(caller, id);
        user(caller, id).ifPresent(user -> {
            throw new CloudException(
                    ErrorCode.SNAPSHOT_IN_USE, "The snapshot '" + id + "' is currently in use by " + user);
        });
        delete(row, caller);
    }

    /** What became of a snapshot that was to be deleted. */
    public enum Deletion {
        DELETED,
        /** Something needs it, and it stays. */
        USED,
        /** There was none any more. */
        GONE
    }

    /** Deletes a snapshot of the account's unless something needs it, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Deletion deleteUnused(Caller caller, SnapshotId id) {
        var row = table.lock(id).filter(r -> isOwn(caller, r));
        if (row.isEmpty()) {
            return Deletion.GONE;
        }
        if (user(caller, id).isPresent()) {
            return Deletion.USED;
        }
        delete(row.get(), caller);
        return Deletion.DELETED;
    }

    private void delete(Row row, Caller caller) {
        if (row.state() == SnapshotState.COMPLETED && retention.isPositive()) {
            recycle(row, caller);
        } else {
            note(row, "deleting", caller);
            end(row);
        }
    }

    /** Says what a snapshot that is to go waits for. */
    void noteHeld(Row row, SnapshotEvent event) {
        if (event == SnapshotEvent.DELETE_REQUESTED || event == SnapshotEvent.RETENTION_ENDED) {
            holds.why(row.id()).ifPresent(why -> note(row, "waiting", why));
        }
    }

    /** What needs the snapshot. */
    private Optional<String> user(Caller caller, SnapshotId id) {
        return table.pendingWriting(id)
                .map(child -> table.find(child)
                        .filter(r -> r.account().equals(caller.account()))
                        .map(r -> "the pending snapshot " + r.id())
                        .orElse("a pending copy"))
                .or(() -> users.orderedStream()
                        .flatMap(u -> u.userOf(id).stream())
                        .findFirst());
    }

    private static boolean isOwn(Caller caller, Row row) {
        return row.account().equals(caller.account())
                && !row.carrier()
                && !row.state().deleted();
    }

    /**
     * The account's own snapshot, which nobody deletes before the caller's transaction ends.
     *
     * @throws CloudException InvalidSnapshot.NotFound, IncorrectState unless it is completed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public SnapshotView hold(Caller caller, SnapshotId id) {
        var row = lockOwn(caller, id);
        requireCompleted(row);
        return row.view(Map.of());
    }

    private static void requireCompleted(Row row) {
        if (row.state() != SnapshotState.COMPLETED) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The snapshot '" + row.id() + "' is " + row.state().ec2Name() + ".");
        }
    }

    /** The states of those of the snapshots that are there. */
    @Transactional(readOnly = true)
    public Map<SnapshotId, SnapshotState> states(Collection<SnapshotId> ids) {
        return table.load(ids.stream().map(SnapshotId::value).toList()).stream()
                .collect(Collectors.toMap(Row::id, Row::state));
    }

    private void recycle(Row row, Caller caller) {
        var now = now();
        var until = now.plus(retention);
        table.recycle(row, now, until);
        note(row, "recycled", "until " + until + ", request " + caller.requestId());
    }

    /**
     * Makes a snapshot of another's blocks, which are stored no second time; each goes without the other.
     *
     * @param source any that the caller may read
     * @throws CloudException InvalidSnapshot.NotFound, IncorrectState unless the source is completed, SnapshotLimitExceeded, InvalidParameterValue for a description that is too long
     */
    @Transactional
    public SnapshotView copy(Caller caller, SnapshotId source, String description, Map<String, String> tagged) {
        readable(caller, source);
        var row = table.lock(source).orElseThrow(() -> missing(source));
        requireCompleted(row);
        return insert(
                caller,
                new Row(
                        newId(),
                        caller.account(),
                        row.lineage(),
                        null,
                        source,
                        row.sizeGib(),
                        SnapshotState.SEALING,
                        0,
                        description,
                        now(),
                        null,
                        null,
                        null),
                tagged);
    }

    /** Those of the snapshots that are not what they are to be yet, and may become it. */
    @Transactional(readOnly = true)
    public List<SnapshotId> unfinished(Collection<SnapshotId> ids) {
        return table.unfinished(ids);
    }

    /**
     * Gives up a snapshot whose blocks cannot come any more; does nothing to one that takes none. In the caller's transaction.
     *
     * @param reason for its owner, in one sentence
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void fail(SnapshotId id, String reason) {
        table.lock(id)
                .filter(r -> r.state() == SnapshotState.PENDING)
                .filter(r -> table.move(r, SnapshotEvent.FAILED, clock.instant(), reason))
                .ifPresent(r -> note(r, "error", reason));
    }

    /** Adds a line to what happened to a snapshot, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(SnapshotId id, String event, String detail) {
        table.find(id).ifPresent(r -> note(r, event, detail));
    }

    /** Wants a snapshot gone; in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    void end(Row row) {
        if (table.move(row, SnapshotEvent.DELETE_REQUESTED, clock.instant(), row.message())) {
            noteHeld(row, SnapshotEvent.DELETE_REQUESTED);
        }
    }

    /**
     * The account's own snapshot, which nobody else changes until the transaction ends.
     *
     * @throws CloudException InvalidSnapshot.NotFound
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Row lockOwn(Caller caller, SnapshotId id) {
        return table.lock(id).filter(r -> isOwn(caller, r)).orElseThrow(() -> missing(id));
    }

    /**
     * A snapshot that the caller may read.
     *
     * @throws CloudException InvalidSnapshot.NotFound
     */
    @Transactional(readOnly = true)
    Row readable(Caller caller, SnapshotId id) {
        noun.listing().requireAll(jdbc, caller.account(), List.of(id.value()));
        return table.find(id).orElseThrow(() -> missing(id));
    }

    /**
     * Makes a snapshot's row, in the caller's transaction.
     *
     * @throws CloudException SnapshotLimitExceeded, InvalidParameterValue for a description that is too long
     */
    @Transactional(propagation = Propagation.MANDATORY)
    SnapshotView insert(Caller caller, Row row, Map<String, String> tagged) {
        if (row.description().length() > LONGEST_DESCRIPTION) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A description has at most " + LONGEST_DESCRIPTION + " characters.");
        }
        quotas.require(caller.account(), Map.of(Quota.SNAPSHOTS, 1L));
        table.insert(row);
        tags.attach(caller.account(), Map.of(row.id().value(), tagged));
        note(row, "started", caller);
        return row.view(tagged);
    }

    SnapshotId newId() {
        return SnapshotId.random(random);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Adds a line to what happened to a snapshot. */
    void note(Row row, String event, Caller caller) {
        note(row, event, "request " + caller.requestId());
    }

    void note(Row row, String event, String detail) {
        history.record(List.of(new Happening(row.account(), row.id().value(), event, detail)));
    }

    /** The same, unless there is such a line already: it is found again and again. */
    void noteOnce(Row row, String event, String detail) {
        if (history.of(row.account(), row.id().value()).stream()
                .noneMatch(e -> e.event().equals(event) && e.detail().equals(detail))) {
            note(row, event, detail);
        }
    }

    static CloudException missing(SnapshotId id) {
        return CloudException.missing(ResourceType.SNAPSHOT, List.of(id.value()));
    }
}
