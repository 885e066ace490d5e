package io.croft.controller.compute.instance;

import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.compute.launchspec.GroupMembership;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.launchspec.Protection;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.context.Instants;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.PlacementGroupId;
import io.croft.types.ReservationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code instance}; its state is changed by {@link InstanceStates} alone. Rows are always locked in the order of their ids, and before any other row. */
@Component
public class InstanceTable {
    /** That a restore has neither frozen the instance {@code i} nor waits for its host. */
    private static final String AT_HAND = """
             AND NOT EXISTS (SELECT FROM frozen f WHERE f.id = i.id)
            AND NOT EXISTS (SELECT FROM vm m JOIN host_recovery r ON r.host = m.host WHERE m.instance = i.id)
            """;

    /** That the machine {@code v} of the instance {@code i} is wanted gone, or is the live one and wanted off. */
    private static final String UNPROVED =
            "(v.presence = 'ABSENT' OR v.live AND v.power = 'OFF' AND v.stop_mode <> 'HIBERNATE' AND i.state = 'STOPPING')";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    InstanceTable(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Inserts new, pending instances. */
    public void insert(List<InstanceRow> rows, Instant deadline) {
        batches.batchUpdate("""
                INSERT INTO instance (id, account, reservation, launch_index, image, instance_type, vcpus, threads_per_core, memory_mib, architecture, boot_mode,
                    zone, placement_group, placement_group_name, partition_number, root_device, key_name, public_key, user_data, hibernation, shutdown_behavior, disable_api_termination, disable_api_stop, ebs_optimized, auto_recovery, monitored, capacity_choice, metadata_endpoint,
                    metadata_tokens, metadata_hop_limit, metadata_tags, client_token, state, state_since, deadline, transition_reason,
                    launched, has_run)
                VALUES (:id, :account, :reservation, :launchIndex, :image, :instanceType, :vcpus, :threadsPerCore, :memoryMib, :architecture, :bootMode,
                    :zone, :group, :groupName, :partition, :rootDevice, :keyName, :publicKey, :userData, :hibernation, :shutdownBehavior, :disableApiTermination, :disableApiStop, :ebsOptimized, :autoRecovery, :monitored, :capacity, :metadataEndpoint,
                    :metadataTokens, :metadataHopLimit, :metadataTags, :clientToken, 'PENDING', :launched, :deadline, '',
                    :launched, false)
                """, rows.stream().map(r -> columns(r, deadline)).toArray(SqlParameterSource[]::new));
    }

    private static SqlParameterSource columns(InstanceRow row, Instant deadline) {
        var group = row.group();
        var options = row.options();
        return new MapSqlParameterSource()
                .addValue("id", row.id().value())
                .addValue("account", row.account().value())
                .addValue("reservation", row.reservation().value())
                .addValue("launchIndex", row.launchIndex())
                .addValue("image", row.image().value())
                .addValue("instanceType", row.instanceType())
                .addValue("vcpus", row.vcpus())
                .addValue("threadsPerCore", row.threadsPerCore())
                .addValue("memoryMib", row.memoryMib())
                .addValue("architecture", row.architecture())
                .addValue("bootMode", row.bootMode().name())
                .addValue("zone", row.zone())
                .addValue("group", group == null ? null : group.id().value())
                .addValue("groupName", group == null ? null : group.name())
                .addValue("partition", group == null ? null : group.partition())
                .addValue("rootDevice", row.rootDevice())
                .addValue("keyName", row.keyName())
                .addValue("publicKey", row.publicKey())
                .addValue("userData", row.userData())
                .addValue("hibernation", options.hibernation())
                .addValue("shutdownBehavior", options.shutdownBehavior().name())
                .addValue("disableApiTermination", options.protection().termination())
                .addValue("disableApiStop", options.protection().stop())
                .addValue("ebsOptimized", options.ebsOptimized())
                .addValue("autoRecovery", options.autoRecovery())
                .addValue("monitored", options.monitored())
                .addValue("capacity", options.capacity().text())
                .addValue("metadataEndpoint", row.metadata().endpointEnabled())
                .addValue("metadataTokens", row.metadata().tokensRequired())
                .addValue("metadataHopLimit", row.metadata().hopLimit())
                .addValue("metadataTags", row.metadata().tagsInMetadata())
                .addValue("clientToken", row.clientToken())
                .addValue("launched", Instants.column(row.launched()))
                .addValue("deadline", Instants.column(deadline));
    }

    public List<InstanceRow> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM instance WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /** The account's instances with these ids, locked. */
    List<InstanceRow> lock(AccountId account, Collection<InstanceId> ids) {
        return jdbc.sql("SELECT * FROM instance WHERE id = ANY(:ids) AND account = :account ORDER BY id FOR UPDATE")
                .param("ids", values(ids))
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    /** The instance, locked. */
    public Optional<InstanceRow> lock(InstanceId id) {
        return jdbc.sql("SELECT * FROM instance WHERE id = :id FOR UPDATE")
                .param("id", id.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** The instance, locked, when it is past its deadline and nobody else deals with it right now. */
    Optional<InstanceRow> lockOverdue(InstanceId id, Instant now) {
        return jdbc.sql("SELECT * FROM instance WHERE id = :id AND deadline < :now FOR UPDATE SKIP LOCKED")
                .param("id", id.value())
                .param("now", Instants.column(now))
                .query((row, _) -> row(row))
                .optional();
    }

    /** Instances past their deadlines, the longest overdue first, without those that a restore has frozen or whose host it awaits. */
    List<Overdue> overdue(Instant now, int most) {
        return jdbc.sql(
                        "SELECT i.id, i.state_since, m.host FROM instance i LEFT JOIN vm m ON m.instance = i.id AND m.live"
                                + " WHERE deadline < :now" + AT_HAND + " ORDER BY deadline LIMIT :most")
                .param("now", Instants.column(now))
                .param("most", most)
                .query((row, _) -> new Overdue(
                        new InstanceId(row.getString("id")),
                        Instants.of(row, "state_since"),
                        Optional.ofNullable(row.getString("host")).map(HostId::new)))
                .list();
    }

    /**
     * An instance past its deadline.
     *
     * @param since when it came into its state
     * @param host where it has a place
     */
    record Overdue(InstanceId id, Instant since, Optional<HostId> host) {}

    void extend(InstanceId id, Instant deadline) {
        jdbc.sql("UPDATE instance SET deadline = :deadline WHERE id = :id AND deadline IS NOT NULL")
                .param("deadline", Instants.column(deadline))
                .param("id", id.value())
                .update();
    }

    void setType(InstanceId id, InstanceTypeView type) {
        jdbc.sql("""
                        UPDATE instance SET instance_type = :type, vcpus = :vcpus, threads_per_core = :threads, memory_mib = :memory WHERE id = :id
                        """)
                .param("type", type.name())
                .param("vcpus", type.vcpus())
                .param("threads", type.threadsPerCore())
                .param("memory", type.memoryMib())
                .param("id", id.value())
                .update();
    }

    void setGroup(InstanceId id, @Nullable GroupMembership group) {
        jdbc.sql("""
                        UPDATE instance SET placement_group = :group, placement_group_name = :name, partition_number = :partition WHERE id = :id
                        """)
                .param("group", group == null ? null : group.id().value(), Types.VARCHAR)
                .param("name", group == null ? null : group.name(), Types.VARCHAR)
                .param("partition", group == null ? null : group.partition(), Types.INTEGER)
                .param("id", id.value())
                .update();
    }

    void setUserData(InstanceId id, @Nullable String userData) {
        jdbc.sql("UPDATE instance SET user_data = :data WHERE id = :id")
                .param("data", userData, Types.VARCHAR)
                .param("id", id.value())
                .update();
    }

    void setProtection(InstanceId id, Protection protection) {
        jdbc.sql("UPDATE instance SET disable_api_termination = :termination, disable_api_stop = :stop WHERE id = :id")
                .param("termination", protection.termination())
                .param("stop", protection.stop())
                .param("id", id.value())
                .update();
    }

    void setEbsOptimized(InstanceId id, boolean optimized) {
        jdbc.sql("UPDATE instance SET ebs_optimized = :optimized WHERE id = :id")
                .param("optimized", optimized)
                .param("id", id.value())
                .update();
    }

    void setAutoRecovery(InstanceId id, boolean on) {
        jdbc.sql("UPDATE instance SET auto_recovery = :on WHERE id = :id")
                .param("on", on)
                .param("id", id.value())
                .update();
    }

    void setCapacity(InstanceId id, CapacityChoice choice) {
        jdbc.sql("UPDATE instance SET capacity_choice = :choice WHERE id = :id")
                .param("choice", choice.text())
                .param("id", id.value())
                .update();
    }

    void setShutdownBehavior(InstanceId id, ShutdownBehavior behavior) {
        jdbc.sql("UPDATE instance SET shutdown_behavior = :behavior WHERE id = :id")
                .param("behavior", behavior.name())
                .param("id", id.value())
                .update();
    }

    void setMetadata(InstanceId id, MetadataOptions options) {
        jdbc.sql("""
                        UPDATE instance SET metadata_endpoint = :endpoint, metadata_tokens = :tokens, metadata_hop_limit = :hops,
                            metadata_tags = :tags WHERE id = :id
                        """)
                .param("endpoint", options.endpointEnabled())
                .param("tokens", options.tokensRequired())
                .param("hops", options.hopLimit())
                .param("tags", options.tagsInMetadata())
                .param("id", id.value())
                .update();
    }

    void setMonitored(Collection<InstanceId> ids, boolean monitored) {
        jdbc.sql("UPDATE instance SET monitored = :monitored WHERE id = ANY(:ids)")
                .param("monitored", monitored)
                .param("ids", values(ids))
                .update();
    }

    public List<InstanceId> ofReservation(ReservationId reservation) {
        return jdbc.sql("SELECT id FROM instance WHERE reservation = :reservation ORDER BY launch_index")
                .param("reservation", reservation.value())
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    /** Deletes some instances that ended {@code age} ago and of which no host has anything any more; returns them. */
    List<InstanceId> deleteForgotten(Instant now, Duration age, int most) {
        return jdbc.sql("""
                        DELETE FROM instance WHERE id IN (
                            SELECT i.id FROM instance i WHERE i.state = 'TERMINATED' AND i.state_since < :limit
                                AND NOT EXISTS (SELECT FROM vm m WHERE m.instance = i.id)
                            ORDER BY i.state_since LIMIT :most FOR UPDATE SKIP LOCKED) RETURNING id
                        """)
                .param("limit", Instants.column(now.minus(age)))
                .param("most", most)
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    /** Some of the instances on a host whose end or stop waits for proof, without those that a restore has frozen. One that is to hibernate waits for its host's word: its memory may be saved. */
    List<InstanceId> unproved(HostId host, int most) {
        return jdbc.sql("SELECT i.id FROM instance i JOIN vm v ON v.instance = i.id WHERE v.host = :host AND "
                        + UNPROVED + AT_HAND + " ORDER BY i.id LIMIT :most")
                .param("host", host.value())
                .param("most", most)
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    /** How many instances wait for proof on each host that is away. */
    Map<HostId, Integer> unproved() {
        var held = new HashMap<HostId, Integer>();
        jdbc.sql(
                        "SELECT v.host, count(*) AS held FROM instance i JOIN vm v ON v.instance = i.id JOIN host h ON h.id = v.host"
                                + " WHERE h.state = 'UNREACHABLE' AND " + UNPROVED + " GROUP BY v.host")
                .query(row -> {
                    held.put(new HostId(row.getString("host")), row.getInt("held"));
                });
        return held;
    }

    /** Some of the account's instances that can be terminated, without those that a restore has frozen or whose host it awaits. */
    List<InstanceId> terminable(AccountId account, int most) {
        return jdbc.sql("SELECT id FROM instance i WHERE account = :account AND "
                        + InstanceTransitions.TABLE.guard("state", InstanceEvent.TERMINATE_REQUESTED) + AT_HAND
                        + " ORDER BY id LIMIT :most")
                .param("account", account.value())
                .param("most", most)
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    /** Deletes the account's instances that ended and of which no host has anything any more; returns them. */
    List<InstanceId> deleteEnded(AccountId account) {
        return jdbc.sql("""
                        DELETE FROM instance i WHERE account = :account AND state = 'TERMINATED'
                            AND NOT EXISTS (SELECT FROM vm m WHERE m.instance = i.id) RETURNING id
                        """)
                .param("account", account.value())
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    static String[] values(Collection<InstanceId> ids) {
        return ids.stream().map(InstanceId::value).toArray(String[]::new);
    }

    private static InstanceRow row(ResultSet row) throws SQLException {
        return new InstanceRow(
                new InstanceId(row.getString("id")),
                new AccountId(row.getString("account")),
                new ReservationId(row.getString("reservation")),
                row.getInt("launch_index"),
                new ImageId(row.getString("image")),
                row.getString("instance_type"),
                row.getInt("vcpus"),
                row.getInt("threads_per_core"),
                row.getInt("memory_mib"),
                row.getString("architecture"),
                BootMode.valueOf(row.getString("boot_mode")),
                row.getString("zone"),
                group(row),
                row.getString("root_device"),
                row.getString("key_name"),
                row.getString("public_key"),
                row.getString("user_data"),
                new InstanceOptions(
                        row.getBoolean("hibernation"),
                        ShutdownBehavior.valueOf(row.getString("shutdown_behavior")),
                        new Protection(row.getBoolean("disable_api_termination"), row.getBoolean("disable_api_stop")),
                        row.getBoolean("ebs_optimized"),
                        row.getBoolean("auto_recovery"),
                        row.getBoolean("monitored"),
                        new CapacityChoice(row.getString("capacity_choice"))),
                new MetadataOptions(
                        row.getBoolean("metadata_endpoint"),
                        row.getBoolean("metadata_tokens"),
                        row.getInt("metadata_hop_limit"),
                        row.getBoolean("metadata_tags")),
                row.getString("client_token"),
                InstanceState.valueOf(row.getString("state")),
                reason(row),
                row.getString("transition_reason"),
                Instants.of(row, "launched"),
                row.getBoolean("has_run"));
    }

    private static @Nullable GroupMembership group(ResultSet row) throws SQLException {
        var id = row.getString("placement_group");
        return id == null
                ? null
                : new GroupMembership(
                        new PlacementGroupId(id),
                        row.getString("placement_group_name"),
                        row.getObject("partition_number", Integer.class));
    }

    private static @Nullable StateReason reason(ResultSet row) throws SQLException {
        var code = row.getString("reason_code");
        return code == null ? null : new StateReason(code, row.getString("reason_message"));
    }
}
