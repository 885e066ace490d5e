package io.croft.controller.network.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.InternetGatewayId;
import io.croft.types.NetworkAclId;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** VPCs of before there were gateways and route tables: what was without a name has one. */
@SpringBootTest
class VpcUpgradeIT {
    private static final Path SCRIPTS = Path.of("src/main/resources/db/migration");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private List<String> all(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    private void run(String script) {
        try {
            jdbc.sql(Files.readString(SCRIPTS.resolve(script))).update();
        } catch (IOException e) {
            throw new AssertionError(script, e);
        }
    }

    @Test
    void aVpcOfBeforeHasAGatewayAndTheRouteToIt() {
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            jdbc.sql("""
                    CREATE SCHEMA before_routes;
                    SET LOCAL search_path TO before_routes;
                    CREATE TABLE vpc (id text PRIMARY KEY, account text, is_default boolean, created timestamptz);
                    CREATE TABLE subnet (id text PRIMARY KEY, vpc text, zone text, default_for_zone boolean);
                    INSERT INTO vpc VALUES ('vpc-1', 'a', true, now()), ('vpc-2', 'b', true, now());
                    INSERT INTO subnet VALUES ('s-1', 'vpc-1', 'z1', true), ('s-2', 'vpc-1', 'z2', true), ('s-3', 'vpc-1', 'z3', false);
                    """).update();
            List.of(
                            "V470__network_vpc.sql",
                            "V471__network_internet_gateway.sql",
                            "V472__network_route_table.sql",
                            "V494__network_acl.sql")
                    .forEach(this::run);
            assertThat(all("SELECT array_to_string(default_zones, ' ') FROM vpc ORDER BY id"))
                    .containsExactly("z1 z2", "");
            assertThat(all("SELECT account || vpc FROM internet_gateway ORDER BY vpc"))
                    .containsExactly("avpc-1", "bvpc-2");
            assertThat(all("""
                            SELECT r.destination || ' of ' || a.vpc FROM route r JOIN route_table t ON t.id = r.route_table
                            JOIN route_table_association a ON a.route_table = t.id AND a.subnet IS NULL
                            JOIN internet_gateway g ON g.id = r.target AND g.vpc = a.vpc ORDER BY a.vpc
                            """)).containsExactly("0.0.0.0/0 of vpc-1", "0.0.0.0/0 of vpc-2");
            assertThat(all("""
                            SELECT a.vpc || ' ' || e.egress || ' ' || e.allows || ' ' || e.cidr FROM network_acl a JOIN network_acl_entry e ON e.network_acl = a.id
                            WHERE a.is_default AND e.number = 100 AND e.protocol = -1 ORDER BY 1
                            """))
                    .containsExactly(
                            "vpc-1 false true 0.0.0.0/0",
                            "vpc-1 true true 0.0.0.0/0",
                            "vpc-2 false true 0.0.0.0/0",
                            "vpc-2 true true 0.0.0.0/0");
            all("SELECT id FROM internet_gateway").forEach(InternetGatewayId::new);
            all("SELECT id FROM route_table").forEach(RouteTableId::new);
            all("SELECT id FROM route_table_association").forEach(RouteTableAssociationId::new);
            all("SELECT id FROM network_acl").forEach(NetworkAclId::new);
        });
    }
}
