package io.croft.controller.recovery;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.types.Era;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether the controller may act on its database, and for which hosts and resources. Read anew each time: another process may
 * have changed it.
 */
@Component
public class Recovery implements ServiceGate {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final JdbcClient jdbc;
    private final Clock clock;

    Recovery(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Stops acting on the database until the ledgers of all hosts that it knows have been merged. In the caller's transaction where there is one, so that whoever
     * replaces the tables does both or neither; begun again, all hosts are asked again.
     *
     * @param reason one sentence for the operator
     */
    @Transactional
    public void begin(String reason) {
        move(ControllerEvent.WENT_BACK, null, reason);
        jdbc.sql("DELETE FROM host_recovery").update();
        jdbc.sql("INSERT INTO host_recovery (host) SELECT id FROM host").update();
        wake();
        LOG.atWarn().addKeyValue("reason", reason).log("Reconciling: nothing is changed until the hosts are merged");
    }

    /** Ends the hosts' streams at the commit: an agent that comes back tells all at once. */
    private void wake() {
        jdbc.sql("SELECT pg_notify('croft_desired', host) FROM host_recovery")
                .query((_, _) -> true)
                .list();
    }

    private void move(ControllerEvent event, @Nullable Era era, @Nullable String reason) {
        var table = ControllerTransitions.TABLE;
        var before = lock().state();
        var after = table.target(before, event)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INCORRECT_STATE, "The controller is not reconciling: there is nothing to apply."));
        jdbc.sql("""
            UPDATE controller_era SET state = :state, era = coalesce(:era, era), reason = :reason, since = :since
            """)
                .param("state", after.name())
                .param("era", era == null ? null : era.value(), Types.INTEGER)
                .param("reason", reason, Types.VARCHAR)
                .param("since", reason == null ? null : Instants.column(clock.instant()), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        sign();
        table.visit(before, event);
    }

    /** Writes into the row which transaction writes it, and into which database. */
    void sign() {
        jdbc.sql("""
            UPDATE controller_era
            SET written = pg_current_xact_id(), home = (SELECT oid FROM pg_database WHERE datname = current_database())
            """).update();
    }

    /** The state, which nobody else changes until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public ControllerEra lock() {
        return read("SELECT * FROM controller_era FOR UPDATE");
    }

    public ControllerEra state() {
        return read("SELECT * FROM controller_era");
    }

    private ControllerEra read(String sql) {
        return jdbc.sql(sql)
                .query((row, _) -> new ControllerEra(
                        new Era(row.getInt("era")),
                        ControllerState.valueOf(row.getString("state")),
                        row.getString("reason"),
                        Instants.ofNullable(row, "since")))
                .single();
    }

    @Override
    public void requireServing() {
        if (state().reconciles()) {
            throw reconciles();
        }
    }

    private static CloudException reconciles() {
        return new CloudException(
                ErrorCode.UNAVAILABLE,
                "The service is unavailable: it was restored, and compares its records with its hosts. Reading works.");
    }

    /** Whether the host's ledger has not been merged since the last restore began: it is told nothing, and what it says changes nothing. */
    public boolean awaits(HostId host) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM host_recovery WHERE host = :host)")
                .param("host", host.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * A host has more than the database ever told it, or has never heard of what the database says it was told: the database went back. Reconciles from now on; a host that is awaited already
     * says nothing new by it.
     *
     * @param revision what the host has
     * @param told what it was told, as far as the database knows
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void wentBack(HostId host, long revision, long told) {
        lock();
        if (!awaits(host)) {
            begin(
                    told < revision
                            ? "Host " + host + " has revision " + revision
                                    + " of what it was told, the database knows of " + told
                                    + ": the database is an older copy."
                            : "Host " + host + " was told otherwise, by its revision " + revision
                                    + ", than the database says: the database is an older copy.");
        }
    }

    /** Tells hosts nothing more, and asks for their ledgers, until these are merged. */
    @Transactional
    public void await(Collection<HostId> hosts) {
        jdbc.sql("""
            INSERT INTO host_recovery (host) SELECT id FROM host WHERE id = ANY(:hosts)
            ON CONFLICT (host) DO UPDATE SET ledger = NULL
            """)
                .param("hosts", hosts.stream().map(HostId::value).toArray(String[]::new))
                .update();
        wake();
    }

    /**
     * Keeps what an awaited host has stored and sees; what was kept before goes.
     *
     * @param ledger JSON
     */
    @Transactional
    public void keepLedger(HostId host, String ledger) {
        jdbc.sql("UPDATE host_recovery SET ledger = :ledger::jsonb WHERE host = :host")
                .param("ledger", ledger)
                .param("host", host.value())
                .update();
    }

    /** The hosts that are awaited, with what they have told so far. */
    public List<AwaitedHost> awaited() {
        return jdbc.sql("SELECT host, ledger::text AS ledger FROM host_recovery ORDER BY host")
                .query((row, _) -> new AwaitedHost(new HostId(row.getString("host")), row.getString("ledger")))
                .list();
    }

    /** Ends the wait for a host, in the transaction that merges its ledger. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void merged(HostId host) {
        jdbc.sql("DELETE FROM host_recovery WHERE host = :host")
                .param("host", host.value())
                .update();
    }

    /** Goes on in this era, in the transaction that has merged what was told. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void serve(Era era) {
        move(ControllerEvent.MERGED, era, null);
        LOG.atInfo().addKeyValue("era", era).log("Serving again");
    }

    public List<Frozen> frozen() {
        return jdbc.sql("SELECT * FROM frozen ORDER BY decision, kind, id")
                .query((row, _) -> frozen(row))
                .list();
    }

    private static Frozen frozen(ResultSet row) throws SQLException {
        return new Frozen(
                row.getString("kind"),
                row.getString("id"),
                row.getString("decision"),
                row.getString("reason"),
                Instants.of(row, "since"),
                Arrays.stream((String[]) row.getArray("hosts").getArray())
                        .map(HostId::new)
                        .toList());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void freeze(List<Frozen> resources) {
        for (var one : resources) {
            jdbc.sql("""
                INSERT INTO frozen (kind, id, decision, reason, since, hosts)
                VALUES (:kind, :id, :decision, :reason, :since, :hosts)
                ON CONFLICT (kind, id) DO UPDATE
                SET decision = excluded.decision, reason = excluded.reason, hosts = excluded.hosts
                """)
                    .param("kind", one.kind())
                    .param("id", one.id())
                    .param("decision", one.decision())
                    .param("reason", one.reason())
                    .param("since", Instants.column(one.since()))
                    .param("hosts", one.hosts().stream().map(HostId::value).toArray(String[]::new))
                    .update();
        }
    }

    /** Lets go of all that one decision is about. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void thaw(String decision) {
        jdbc.sql("DELETE FROM frozen WHERE decision = :decision")
                .param("decision", decision)
                .update();
    }

    /**
     * Does nothing when the controller may change these resources and what it wants of them on these hosts.
     *
     * @param hosts where they are
     * @param ids instances, interfaces and volumes
     * @throws io.croft.controller.context.CloudException Unavailable while it reconciles or awaits one of the hosts; IncorrectState when one of the resources is frozen
     */
    public void requireFree(Collection<HostId> hosts, Collection<String> ids) {
        jdbc.sql("""
            SELECT e.state, h.host, f.id, f.reason FROM controller_era e
            LEFT JOIN LATERAL (SELECT host FROM host_recovery WHERE host = ANY(:hosts) LIMIT 1) h ON true
            LEFT JOIN LATERAL (SELECT id, reason FROM frozen WHERE id = ANY(:ids) ORDER BY id LIMIT 1) f ON true
            """)
                .param("hosts", hosts.stream().map(HostId::value).toArray(String[]::new))
                .param("ids", ids.toArray(String[]::new))
                .query(row -> {
                    if (ControllerState.valueOf(row.getString("state")) == ControllerState.RECONCILING) {
                        throw reconciles();
                    }
                    if (row.getString("id") != null) {
                        throw new CloudException(
                                ErrorCode.INCORRECT_STATE,
                                row.getString("id") + " is frozen until the operator decides about it: "
                                        + row.getString("reason"));
                    }
                    if (row.getString("host") != null) {
                        throw new CloudException(
                                ErrorCode.UNAVAILABLE,
                                "The host " + row.getString("host")
                                        + " has not been heard since the service was restored: what is on it stays as"
                                        + " it is.");
                    }
                });
    }
}
