package io.croft.controller.network.eni;

import io.croft.controller.context.Instants;
import io.croft.controller.network.eni.NetworkInterfaceView.Attachment;
import io.croft.controller.network.eni.NetworkInterfaceView.Elastic;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Presence;
import io.croft.types.AccountId;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code network_interface}, {@code network_interface_attachment}, {@code network_interface_placement} and {@code network_interface_group}. */
@Component
public class InterfaceTable {
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    InterfaceTable(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * An interface.
     *
     * @param attachment its place in an instance; null in none
     * @param elastic the elastic address that it has, or is to have as its public one; null for none
     * @param host that has it; null for none, as when it is in no instance
     */
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
            @Nullable Attachment attachment,
            @Nullable Elastic elastic,
            @Nullable HostId host,
            Generation generation,
            boolean releasing) {
        /** What its host is told; only what is in an instance has one. */
        public InterfaceSpec spec(List<SecurityGroupId> groups) {
            var place = Objects.requireNonNull(attachment);
            return new InterfaceSpec(
                    id,
                    account,
                    generation,
                    releasing ? Presence.ABSENT : Presence.PRESENT,
                    vpc,
                    subnet,
                    place.instance(),
                    place.deviceIndex(),
                    mac,
                    List.of(privateAddress),
                    publicAddress,
                    groups,
                    sourceDestCheck);
        }
    }

    /** Inserts interfaces that are all in instances, and in the same groups. */
    void insert(List<Row> rows, List<SecurityGroupId> groups) {
        var members = groups.stream().map(SecurityGroupId::value).toArray(String[]::new);
        batches.batchUpdate(
                """
                WITH made AS (
                    INSERT INTO network_interface (id, account, vpc, subnet, zone, description, mac, private_address, public_address,
                        wants_public_address, source_dest_check, generation, releasing)
                    VALUES (:id, :account, :vpc, :subnet, :zone, :description, :mac, :privateAddress, :publicAddress,
                        :wantsPublicAddress, :sourceDestCheck, :generation, :releasing)
                ), attached AS (
                    INSERT INTO network_interface_attachment (id, interface, instance, device_index, attached, delete_on_termination)
                    VALUES (:attachment, :id, :instance, :deviceIndex, :attached, :deleteOnTermination)
                ), placed AS (
                    INSERT INTO network_interface_placement (interface, host) VALUES (:id, :host)
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
        var attachment = Objects.requireNonNull(row.attachment());
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
                .addValue("attachment", attachment.id().value())
                .addValue("instance", attachment.instance().value())
                .addValue("deviceIndex", attachment.deviceIndex())
                .addValue("attached", Instants.column(attachment.attached()))
                .addValue("deleteOnTermination", attachment.deleteOnTermination())
                .addValue("host", Objects.requireNonNull(row.host()).value())
                .addValue("generation", row.generation().value())
                .addValue("releasing", row.releasing());
    }

    public List<Row> load(Collection<String> ids) {
        return jdbc.sql(select("network_interface") + "WHERE i.id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /** The instances' interfaces that are not being released, in the order of their device indexes. */
    List<Row> ofInstances(Collection<InstanceId> instances) {
        return jdbc.sql(select("network_interface")
                        + "WHERE a.instance = ANY(:ids) AND NOT i.releasing ORDER BY a.device_index")
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<InstanceId> instanceOf(NetworkInterfaceId id) {
        return jdbc.sql("""
                        SELECT a.instance FROM network_interface_attachment a JOIN network_interface i ON i.id = a.interface
                        WHERE i.id = :id AND NOT i.releasing
                        """)
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
        return changed(instances, "releasing = true, generation = generation + 1", "");
    }

    private static String elastic(String row) {
        return "EXISTS (SELECT FROM elastic_ip_association e WHERE e.interface = " + row + ".id)";
    }

    /**
     * Takes the public addresses that are not elastic from the instances' interfaces and raises the generations of those that had one, which are to have one again, also where it was a host that
     * told of it; returns these as they are then.
     */
    List<Row> clearPublicAddresses(Collection<InstanceId> instances) {
        return changed(
                instances,
                "public_address = NULL, wants_public_address = true, generation = generation + 1",
                " AND n.public_address IS NOT NULL AND NOT " + elastic("n"));
    }

    /** The instances' interfaces that are to have a public address and have none, nor an elastic one, locked. */
    List<Row> lackingPublicAddress(Collection<InstanceId> instances) {
        return jdbc.sql(select("network_interface") + """
                        WHERE a.instance = ANY(:ids) AND NOT i.releasing AND i.public_address IS NULL AND i.wants_public_address AND NOT
                        """ + elastic("i") + " ORDER BY i.id FOR UPDATE OF i")
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    /** Gives an interface a public address and raises its generation; returns it as it is then. */
    Row setPublicAddress(NetworkInterfaceId id, String address) {
        return changed(id, "public_address = :address, generation = generation + 1", Map.of("address", address));
    }

    /** Takes an interface's public address and raises its generation; returns it as it is then. */
    Row clearPublicAddress(NetworkInterfaceId id) {
        return changed(id, "public_address = NULL, generation = generation + 1", Map.of());
    }

    /** The account's interface, locked; empty when it has none of that id, or it is being released. */
    Optional<Row> lock(AccountId account, NetworkInterfaceId id) {
        return jdbc.sql(select("network_interface")
                        + "WHERE i.id = :id AND i.account = :account AND NOT i.releasing FOR UPDATE OF i")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** The id of the instance's interface with device index 0, unless it is being released. */
    Optional<NetworkInterfaceId> primary(InstanceId instance) {
        return jdbc.sql("""
                        SELECT i.id FROM network_interface i JOIN network_interface_attachment a ON a.interface = i.id
                        WHERE a.instance = :instance AND a.device_index = 0 AND NOT i.releasing
                        """)
                .param("instance", instance.value())
                .query((row, _) -> new NetworkInterfaceId(row.getString("id")))
                .optional();
    }

    /** The instance's interface with device index 0, locked; none when it is being released. */
    List<Row> lockPrimary(InstanceId instance) {
        return jdbc.sql(select("network_interface")
                        + "WHERE a.instance = :instance AND a.device_index = 0 AND NOT i.releasing FOR UPDATE OF i")
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
        return jdbc.sql(changed("UPDATE network_interface SET " + assignments + " WHERE id = :id RETURNING *"))
                .param("id", id.value())
                .params(values)
                .query((row, _) -> row(row))
                .single();
    }

    /** Changes those of the instances' interfaces that are not being released; returns them as they are then. */
    private List<Row> changed(Collection<InstanceId> instances, String assignments, String condition) {
        return jdbc.sql(changed("UPDATE network_interface n SET " + assignments
                        + " FROM network_interface_attachment p WHERE p.interface = n.id AND p.instance = ANY(:ids) AND NOT n.releasing"
                        + condition + " RETURNING n.*"))
                .param("ids", values(instances))
                .query((row, _) -> row(row))
                .list();
    }

    /** What a statement has made of interfaces, with their places as they were before it. */
    private static String changed(String statement) {
        return "WITH changed AS (" + statement + ") " + select("changed");
    }

    /** The interfaces {@code i} of a table, each with its place {@code a} in an instance and {@code h} on a host. */
    private static String select(String table) {
        return "SELECT i.*, a.id AS attachment, a.instance, a.device_index, a.attached, a.delete_on_termination, h.host,"
                + " e.id AS elastic_association, e.elastic_ip FROM " + table
                + " i LEFT JOIN elastic_ip_association e ON e.interface = i.id LEFT JOIN network_interface_attachment a ON a.interface = i.id"
                + " LEFT JOIN network_interface_placement h ON h.interface = i.id ";
    }

    /** An interface being released whose host has {@code proved} it gone, locked. */
    Optional<Row> lockReleased(NetworkInterfaceId id, HostId host, Generation proved) {
        return jdbc.sql(
                        select("network_interface")
                                + "WHERE i.id = :id AND h.host = :host AND i.releasing AND i.generation <= :generation FOR UPDATE OF i")
                .param("id", id.value())
                .param("host", host.value())
                .param("generation", proved.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** Deletes an interface, its private addresses with it. */
    void delete(NetworkInterfaceId id) {
        jdbc.sql("DELETE FROM network_interface WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** The private addresses of the instances' interfaces that are being released, and the public ones of all. */
    Map<InstanceId, List<String>> heldAddresses(Collection<InstanceId> instances) {
        var held = new HashMap<InstanceId, List<String>>();
        jdbc.sql("""
                        SELECT a.instance, i.private_address AS address, 0 AS kind FROM network_interface i
                        JOIN network_interface_attachment a ON a.interface = i.id WHERE a.instance = ANY(:ids) AND i.releasing
                        UNION ALL SELECT a.instance, p.address, 1 FROM network_interface_attachment a
                        JOIN public_address p ON p.interface = a.interface WHERE a.instance = ANY(:ids) ORDER BY kind, address
                        """).param("ids", values(instances)).query(row -> {
            held.computeIfAbsent(new InstanceId(row.getString("instance")), _ -> new ArrayList<>())
                    .add(row.getString("address"));
        });
        return held;
    }

    /** Some of the interfaces that are being released on a host, without those that a restore has frozen. */
    List<Row> releasing(HostId host, int most) {
        return jdbc.sql(select("network_interface") + """
                        WHERE h.host = :host AND i.releasing AND NOT EXISTS (SELECT FROM frozen f WHERE f.id = i.id)
                        ORDER BY i.id LIMIT :most
                        """)
                .param("host", host.value())
                .param("most", most)
                .query((row, _) -> row(row))
                .list();
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
                attachment(row),
                elastic(row),
                host(row),
                new Generation(row.getLong("generation")),
                row.getBoolean("releasing"));
    }

    private static @Nullable Attachment attachment(ResultSet row) throws SQLException {
        var id = row.getString("attachment");
        return id == null
                ? null
                : new Attachment(
                        new InterfaceAttachmentId(id),
                        new InstanceId(row.getString("instance")),
                        new AccountId(row.getString("account")),
                        row.getInt("device_index"),
                        Instants.of(row, "attached"),
                        row.getBoolean("delete_on_termination"));
    }

    private static @Nullable Elastic elastic(ResultSet row) throws SQLException {
        var id = row.getString("elastic_ip");
        return id == null
                ? null
                : new Elastic(new ElasticIpId(id), new ElasticIpAssociationId(row.getString("elastic_association")));
    }

    private static @Nullable HostId host(ResultSet row) throws SQLException {
        var host = row.getString("host");
        return host == null ? null : new HostId(host);
    }
}
