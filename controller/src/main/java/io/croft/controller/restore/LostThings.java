package io.croft.controller.restore;

import io.croft.protocol.InstanceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Names what was made since the copy and is lost, as far as the instances on the hosts tell: they name it, and the database does not know it. */
@Component
class LostThings {
    private final JdbcClient jdbc;

    LostThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Stream<RestoreLine> of(Map<HostId, LedgerReport> told) {
        var lost = new TreeSet<String>();
        var lines = new ArrayList<RestoreLine>();
        told.forEach((host, ledger) -> ledger.documents().stream()
                .filter(d -> d instanceof InstanceSpec && d.presence() == Presence.PRESENT)
                .map(InstanceSpec.class::cast)
                .forEach(i -> Stream.of(account(i), keyPair(i), image(i), placementGroup(i))
                        .filter(name -> !name.isEmpty() && lost.add(name))
                        .forEach(name ->
                                lines.add(new RestoreLine(name, "lost", host.value(), i.id() + " names it.")))));
        return lines.stream();
    }

    private String account(InstanceSpec instance) {
        return isThere("SELECT EXISTS (SELECT FROM account WHERE id = :account)", instance, "")
                ? ""
                : "keys, users and tags of account " + instance.account();
    }

    private String keyPair(InstanceSpec instance) {
        var name = instance.metadata().keyName();
        return name == null
                        || isThere(
                                "SELECT EXISTS (SELECT FROM key_pair WHERE account = :account AND name = :name)",
                                instance,
                                name)
                ? ""
                : "key pair " + name + " of account " + instance.account();
    }

    private String image(InstanceSpec instance) {
        var id = instance.metadata().image().value();
        return isThere("SELECT EXISTS (SELECT FROM image WHERE id = :name)", instance, id) ? "" : "image " + id;
    }

    private String placementGroup(InstanceSpec instance) {
        var name = instance.metadata().placementGroup();
        return name == null
                        || isThere(
                                "SELECT EXISTS (SELECT FROM placement_group WHERE account = :account AND name = :name)",
                                instance,
                                name)
                ? ""
                : "placement group " + name + " of account " + instance.account();
    }

    private boolean isThere(String sql, InstanceSpec instance, String name) {
        return jdbc.sql(sql)
                .param("account", instance.account().value())
                .param("name", name)
                .query(Boolean.class)
                .single();
    }
}
