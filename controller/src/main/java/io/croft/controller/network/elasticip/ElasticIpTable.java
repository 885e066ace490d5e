package io.croft.controller.network.elasticip;

import io.croft.controller.context.Instants;
import io.croft.controller.network.elasticip.ElasticIpView.Place;
import io.croft.types.AccountId;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code elastic_ip} and {@code elastic_ip_association}. */
@Component
class ElasticIpTable {
    /** An association with an interface that is being released is none any more. */
    private static final String SELECT = """
            SELECT e.id, e.account, e.address, i.id AS interface, i.private_address, a.id AS association, n.instance
            FROM elastic_ip e LEFT JOIN elastic_ip_association a ON a.elastic_ip = e.id
                AND EXISTS (SELECT FROM network_interface r WHERE r.id = a.interface AND NOT r.releasing)
            LEFT JOIN network_interface i ON i.id = a.interface LEFT JOIN network_interface_attachment n ON n.interface = i.id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ElasticIpTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Row(
            ElasticIpId id,
            AccountId account,
            String address,
            @Nullable Place place) {}

    void insert(ElasticIpId id, AccountId account, String address) {
        jdbc.sql("INSERT INTO elastic_ip (id, account, address, created) VALUES (:id, :account, :address, :now)")
                .param("id", id.value())
                .param("account", account.value())
                .param("address", address)
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    void delete(ElasticIpId id) {
        jdbc.sql("DELETE FROM elastic_ip_association WHERE elastic_ip = :id")
                .param("id", id.value())
                .update();
        jdbc.sql("DELETE FROM elastic_ip WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** The account's address, locked; empty when it has none of that id. */
    Optional<Row> lock(AccountId account, ElasticIpId id) {
        return lock(id).filter(r -> r.account().equals(account));
    }

    /** Locks an address, whosever it is. */
    Optional<Row> lock(ElasticIpId id) {
        return jdbc
                .sql("SELECT id FROM elastic_ip WHERE id = :id FOR UPDATE")
                .param("id", id.value())
                .query(String.class)
                .optional()
                .stream()
                .flatMap(found -> load(List.of(found)).stream())
                .findFirst();
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql(SELECT + "WHERE e.id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /** Some of the addresses for which no host answers and that are to be at an interface; a restore's frozen ones stay as they are. */
    List<ElasticIpId> waiting() {
        return jdbc.sql("""
                        SELECT p.elastic_ip FROM public_address p JOIN elastic_ip_association a ON a.elastic_ip = p.elastic_ip
                        JOIN network_interface i ON i.id = a.interface
                        WHERE p.interface IS NULL AND NOT i.releasing AND NOT EXISTS (SELECT FROM frozen f WHERE f.id = i.id)
                        ORDER BY p.elastic_ip LIMIT 100
                        """)
                .query((row, _) -> new ElasticIpId(row.getString("elastic_ip")))
                .list();
    }

    List<Row> of(AccountId account) {
        return jdbc.sql(SELECT + "WHERE e.account = :account ORDER BY e.id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    /** Puts an address to an interface, in place of where it was and of what was there. */
    void associate(ElasticIpAssociationId id, ElasticIpId elastic, NetworkInterfaceId to) {
        jdbc.sql("DELETE FROM elastic_ip_association WHERE elastic_ip = :elastic OR interface = :to")
                .param("elastic", elastic.value())
                .param("to", to.value())
                .update();
        jdbc.sql("INSERT INTO elastic_ip_association (id, elastic_ip, interface) VALUES (:id, :elastic, :to)")
                .param("id", id.value())
                .param("elastic", elastic.value())
                .param("to", to.value())
                .update();
    }

    void disassociate(ElasticIpId elastic) {
        jdbc.sql("DELETE FROM elastic_ip_association WHERE elastic_ip = :elastic")
                .param("elastic", elastic.value())
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        var association = row.getString("association");
        var instance = row.getString("instance");
        return new Row(
                new ElasticIpId(row.getString("id")),
                new AccountId(row.getString("account")),
                row.getString("address"),
                association == null
                        ? null
                        : new Place(
                                new ElasticIpAssociationId(association),
                                new NetworkInterfaceId(row.getString("interface")),
                                row.getString("private_address"),
                                instance == null ? null : new InstanceId(instance)));
    }
}
