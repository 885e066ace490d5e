package io.croft.controller.network.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Accounts;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.types.HostId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What hosts are told of a VPC's names. */
@SpringBootTest
class VpcDnsIT {
    private static final Random RANDOM = new Random(330);

    @Autowired
    Accounts accounts;

    @Autowired
    Vpcs vpcs;

    @Autowired
    NetworkDocuments told;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;
    private VpcId vpc;
    private HostId host;

    @BeforeEach
    void start() {
        host = HostId.random(RANDOM);
        caller = new Caller(accounts.create("dns-" + host).id(), "test", Role.ADMIN, "request", "127.0.0.1");
        vpc = vpcs.describe(caller, Query.ALL).items().getFirst().id();
        jdbc.sql(
                        "INSERT INTO host (id, name, zone, state, enrolled) VALUES (:id, :id, 'us-east-1a', 'ENROLLED', now())")
                .param("id", host.value())
                .update();
        transaction.executeWithoutResult(_ -> told.need(List.of(host), vpc, List.of(VpcDocuments.key(vpc))));
    }

    private record Told(long generation, String body) {}

    private Told told() {
        return jdbc.sql("SELECT generation, body::text AS body FROM host_document WHERE host = :host AND id = :id")
                .param("host", host.value())
                .param("id", vpc.value())
                .query(Told.class)
                .single();
    }

    /** A database of before knows no names; its VPCs' hosts are told at the controller's start, once. */
    @Test
    void anUpgradedInstallationsHostsAreToldOnce() {
        assertThat(told().body()).contains("\"publicDomain\": \"compute.croft.internal\"");
        jdbc.sql("UPDATE host_document SET body = body - 'publicDomain' - 'resolves'")
                .update();
        jdbc.sql("UPDATE vpc SET public_domain = NULL").update();
        vpcs.tellDomain();
        assertThat(told().generation()).isEqualTo(2);
        assertThat(told().body()).contains("\"publicDomain\": \"compute.croft.internal\"", "\"resolves\": true");
        vpcs.tellDomain();
        assertThat(told().generation()).isEqualTo(2);
    }

    @Test
    void aChangeIsToldAndNoChangeIsNot() {
        vpcs.modify(caller, vpc, null, true, _ -> true);
        assertThat(told().generation()).isEqualTo(1);
        vpcs.modify(caller, vpc, null, false, _ -> true);
        assertThat(told().generation()).isEqualTo(2);
        assertThat(told().body()).doesNotContain("publicDomain");
        vpcs.modify(caller, vpc, false, null, _ -> true);
        assertThat(told().generation()).isEqualTo(3);
        assertThat(told().body()).contains("\"resolves\": false");
    }
}
