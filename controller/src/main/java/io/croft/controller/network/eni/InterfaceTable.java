package io.croft.controller.network.eni;

import io.croft.controller.context.Instants;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Presence;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InterfaceAttachmentId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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

/** The tables {@code network_interface} and {@code network_interface_group}. */
@Component
public class InterfaceTable {
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    InterfaceTable(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    public record Row(
            NetworkInterfaceId id,
            AccountId account,
            VpcId vpc,
            SubnetId subnet,
            String zone,
            String description,
            String mac,
            String privateAddress,
            @Nullable String publicAddress,
            boolean wantsPublicAddress,
            boolean sourceDestCheck,
            InterfaceAttachmentId attachment,
            InstanceId instance,
            int deviceIndex,
            Instant attached,
            boolean deleteOnTermination,
            HostId host,
            Generation generation,
            boolean releasing) {
        public InterfaceSpec spec(List<SecurityGroupId> groups) {
            return new InterfaceSpec(
                    id,
                    account,
                    generation,
                    releasing ? Presence.ABSENT : Presence.PRESENT,
                    vpc,
                    subnet,
                    instance,
                    deviceIndex,
                    mac,
                    List.of(privateAddress),
                    publicAddress,
                    groups,
                    sourceDestCheck);
        }
    }

    /** Inserts interfaces that are all in the same groups. */
    void insert(List<Row> rows, List<SecurityGroupId> groups) {
        var members = groups.stream().map(SecurityGroupId::value).toArray(String[]::new);
        batches.batchUpdate(
                """
                WITH made AS (
                    INSERT INTO network_interface (id, account, vpc, subnet, zone, description, mac, private_address, public_address,
                        wants_public_address, source_dest_check, attachment, instance, device_index, attached, delete_on_termination, host, generation, releasing)
                    VALUES (:id, :account, :vpc, :subnet, :zone, :description, :mac, :privateAddress, :publicAddress,
                        :wantsPublicAddress, :sourceDestCheck, :attachment, :instance, :deviceIndex, :attached, :deleteOnTermination, :host, :generation, :releasing)
                )
                INSERT INTO network_interface_group (interface, security_group, position)
                SELECT :id, g.id, g.position FROM unnest(:groups) WITH ORDINALITY AS g(id, position)
                """,
                rows.stream().map(r -> columns(r).addValue("groups", members)).toArray(SqlParameterSource[]::new));
    }

    private void insertGroups(List<NetworkInterfaceId> interfaces, List<SecurityGroupId> groups) {
        jdbc.sql("""
                        INSERT INTO network_interface_group (interface, security_group, position)
                        SELECT i, g.id, g.position FROM unnest(:interfaces) AS i
                        CROSS JOIN unnest(:groups) WITH ORDINALITY AS g(id, position)
                        """)
                .param(
                        "interfaces",
                        interfaces.stream().map(NetworkInterfaceId::value).toArray(String[]::new))
                .param("groups", groups.stream().map(SecurityGroupId::value).toArray(String[]::new))
                .update();
    }

    private static MapSqlParameterSource columns(Row row) {
        return new MapSqlParameterSource()
                .addValue("id", row.id().value())
                .addValue("account", row.account().value())
                .addValue("vpc", row.vpc().value())
                .addValue("subnet", row.subnet().value())
                .addValue("zone", row.zone())
                .addValue("description", row.description())
                .addValue("mac", row.mac())
                .addValue("privateAddress", row.privateAddress())
                .addValue("publicAddress", row.publicAddress())
                .addValue("wantsPublicAddress", row.wantsPublicAddress())
                .addValue("sourceDestCheck", row.sourceDestCheck())
                .addValue("attachment", row.attachment().value())
                .addValue("instance", row.instance().value())
                .addValue("deviceIndex", row.deviceIndex())
                .addValue("attached", Instants.column(row.attached()))
                .addValue("deleteOnTermination", row.deleteOnTermination())
                .addValue("host", row.host().value())
                .addValue("generation", row.generation().value())
                .addValue("releasing", row.releasing());
    }

    public List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM network_interface WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /** The instances' interfaces that are not being released, in the order of their device indexes. */
    List<Row> ofInstances(Collection<InstanceId> instances) {
        return jdbc.sql(
                        "SELECT * FROM network_interface WHERE instance = ANY(:ids) AND NOT releasing ORDER BY device_index")
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<InstanceId> instanceOf(NetworkInterfaceId id) {
        return jdbc.sql("SELECT instance FROM network_interface WHERE id = :id AND NOT releasing")
                .param("id", id.value())
                .query((row, _) -> new InstanceId(row.getString("instance")))
                .optional();
    }

    /** The groups of each interface in the order in which they were given. */
    public Map<NetworkInterfaceId, List<GroupName>> groupsOf(Collection<NetworkInterfaceId> interfaces) {
        var groups = new HashMap<NetworkInterfaceId, List<GroupName>>();
        jdbc.sql("""
                        SELECT m.interface, g.id, g.name FROM network_interface_group m JOIN security_group g ON g.id = m.security_group
                        WHERE m.interface = ANY(:ids) ORDER BY m.interface, m.position
                        """)
                .param("ids", interfaces.stream().map(NetworkInterfaceId::value).toArray(String[]::new))
                .query(row -> {
                    groups.computeIfAbsent(new NetworkInterfaceId(row.getString("interface")), _ -> new ArrayList<>())
                            .add(new GroupName(new SecurityGroupId(row.getString("id")), row.getString("name")));
                });
        return groups;
    }

    /** Marks the instances' interfaces as being released and raises their generations; returns them as they are then. */
    List<Row> release(Collection<InstanceId> instances) {
        return jdbc.sql("""
                        UPDATE network_interface SET releasing = true, generation = generation + 1
                        WHERE instance = ANY(:ids) AND NOT releasing RETURNING *
                        """)
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    /**
     * Takes the public addresses from the instances' interfaces and raises the generations of those that had one, which are to have one again, also where it was a host that
     * told of it; returns these as they are then.
     */
    List<Row> clearPublicAddresses(Collection<InstanceId> instances) {
        return jdbc.sql("""
                        UPDATE network_interface SET public_address = NULL, wants_public_address = true, generation = generation + 1
                        WHERE instance = ANY(:ids) AND NOT releasing AND public_address IS NOT NULL RETURNING *
                        """)
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    /** The instances' interfaces that are to have a public address and have none, locked. */
    List<Row> lackingPublicAddress(Collection<InstanceId> instances) {
        return jdbc.sql("""
                        SELECT * FROM network_interface
                        WHERE instance = ANY(:ids) AND NOT releasing AND public_address IS NULL AND wants_public_address
                        ORDER BY id FOR UPDATE
                        """)
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    /** Gives an interface a public address and raises its generation; returns it as it is then. */
    Row setPublicAddress(NetworkInterfaceId id, String address) {
        return changed(id, "public_address = :address, generation = generation + 1", Map.of("address", address));
    }

    /** The instance's interface with device index 0, locked; none when it is being released. */
    List<Row> lockPrimary(InstanceId instance) {
        return jdbc.sql("""
                        SELECT * FROM network_interface WHERE instance = :instance AND device_index = 0 AND NOT releasing FOR UPDATE
                        """)
                .param("instance", instance.value())
                .query((row, _) -> row(row))
                .list();
    }

    /** Puts an interface into exactly these groups and raises its generation; returns it as it is then. */
    Row setGroups(NetworkInterfaceId id, List<SecurityGroupId> groups) {
        jdbc.sql("DELETE FROM network_interface_group WHERE interface = :id")
                .param("id", id.value())
                .update();
        insertGroups(List.of(id), groups);
        return changed(id, "generation = generation + 1", Map.of());
    }

    /** Sets whether an interface checks its sources and raises its generation; returns it as it is then. */
    Row setSourceDestCheck(NetworkInterfaceId id, boolean on) {
        return changed(id, "source_dest_check = :on, generation = generation + 1", Map.of("on", on));
    }

    /** No host knows the description, so the generation stays. */
    void setDescription(NetworkInterfaceId id, String description) {
        changed(id, "description = :description", Map.of("description", description));
    }

    private Row changed(NetworkInterfaceId id, String assignments, Map<String, Object> values) {
        return jdbc.sql("UPDATE network_interface SET " + assignments + " WHERE id = :id RETURNING *")
                .param("id", id.value())
                .params(values)
                .query((row, _) -> row(row))
                .single();
    }

    /** Deletes an interface being released whose host has {@code proved} it gone, its addresses with it. */
    Optional<Row> deleteReleased(NetworkInterfaceId id, HostId host, Generation proved) {
        return jdbc.sql("""
                        DELETE FROM network_interface
                        WHERE id = :id AND host = :host AND releasing AND generation <= :generation RETURNING *
                        """)
                .param("id", id.value())
                .param("host", host.value())
                .param("generation", proved.value())
                .query((row, _) -> row(row))
                .optional();
    }

    private static String[] values(Collection<InstanceId> instances) {
        return instances.stream().map(InstanceId::value).toArray(String[]::new);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new NetworkInterfaceId(row.getString("id")),
                new AccountId(row.getString("account")),
                new VpcId(row.getString("vpc")),
                new SubnetId(row.getString("subnet")),
                row.getString("zone"),
                row.getString("description"),
                row.getString("mac"),
                row.getString("private_address"),
                row.getString("public_address"),
                row.getBoolean("wants_public_address"),
                row.getBoolean("source_dest_check"),
                new InterfaceAttachmentId(row.getString("attachment")),
                new InstanceId(row.getString("instance")),
                row.getInt("device_index"),
                Instants.of(row, "attached"),
                row.getBoolean("delete_on_termination"),
                new HostId(row.getString("host")),
                new Generation(row.getLong("generation")),
                row.getBoolean("releasing"));
    }
}
