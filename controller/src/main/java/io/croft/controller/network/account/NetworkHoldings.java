package io.croft.controller.network.account;

import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.network.internetgateway.InternetGatewayTable;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.routetable.RouteTableRows;
import io.croft.controller.network.securitygroup.SecurityGroupDocuments;
import io.croft.controller.network.securitygroup.SecurityGroupTable;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.vpc.DefaultVpcs;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcParts;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The networks of accounts that are deleted. Interfaces go with their instances, and are there until their hosts have proved them gone; groups, gateways and VPCs once there is no interface, whatever
 * names them; the default VPC with what is in it, with which every account starts, in the end.
 */
@Component
class NetworkHoldings implements AccountHoldings {
    private final JdbcClient jdbc;
    private final SecurityGroupTable groups;
    private final InternetGatewayTable gateways;
    private final RouteTableRows routeTables;
    private final VpcTable vpcs;
    private final VpcParts parts;
    private final NetworkDocuments told;
    private final Tags tags;

    NetworkHoldings(
            JdbcClient jdbc,
            SecurityGroupTable groups,
            InternetGatewayTable gateways,
            RouteTableRows routeTables,
            VpcTable vpcs,
            VpcParts parts,
            NetworkDocuments told,
            Tags tags) {
        this.jdbc = jdbc;
        this.groups = groups;
        this.gateways = gateways;
        this.routeTables = routeTables;
        this.vpcs = vpcs;
        this.parts = parts;
        this.told = told;
        this.tags = tags;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return Stream.of(
                        interfaces(account).stream(),
                        ownGroups(account).stream()
                                .map(g -> new AccountHolding("security-group", g.id().value(), g.name())),
                        gateways.othersOf(account).stream()
                                .map(g -> new AccountHolding("internet-gateway", g.value(), "")),
                        ownVpcs(account).stream()
                                .map(v -> new AccountHolding(
                                        "vpc", v.id().value(), v.cidr().value())))
                .flatMap(held -> held)
                .toList();
    }

    private List<AccountHolding> interfaces(AccountId account) {
        return jdbc.sql("""
                        SELECT i.id, a.instance, p.host FROM network_interface i LEFT JOIN network_interface_attachment a ON a.interface = i.id
                            LEFT JOIN network_interface_placement p ON p.interface = i.id
                        WHERE i.account = :account ORDER BY i.id
                        """)
                .param("account", account.value())
                .query((row, _) -> new AccountHolding(
                        "network-interface",
                        row.getString("id"),
                        row.getString("instance") == null
                                ? "in no instance"
                                : "of " + row.getString("instance") + ", on " + row.getString("host")))
                .list();
    }

    private List<Group> ownGroups(AccountId account) {
        return groups.of(account).stream()
                .filter(g -> !g.name().equals(SecurityGroupTable.DEFAULT_NAME))
                .toList();
    }

    private List<Vpc> ownVpcs(AccountId account) {
        return vpcs.of(account).stream().filter(v -> !v.isDefault()).toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        if (interfaces(account).isEmpty()) {
            delete(ownGroups(account));
            var own = ownVpcs(account);
            own.forEach(v -> told.deleted(VpcDocuments.key(v.id())));
            tags.drop(gateways.deleteOthers(account));
            own.forEach(this::delete);
        }
    }

    private void delete(List<Group> ending) {
        ending.forEach(g -> told.deleted(SecurityGroupDocuments.key(g.id())));
        tags.drop(groups.deleteAll(ending.stream().map(Group::id).toList()));
    }

    private void delete(Vpc vpc) {
        tags.drop(routeTables.clear(vpc.id()));
        tags.drop(parts.end(vpc.id()));
        tags.drop(vpcs.deleteWhole(vpc.id()));
    }

    /** What {@link DefaultVpcs} made. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(AccountDeleted deleted) {
        delete(groups.of(deleted.account()));
        var all = vpcs.of(deleted.account());
        all.forEach(vpc -> told.deleted(VpcDocuments.key(vpc.id())));
        tags.drop(gateways.deleteAll(deleted.account()));
        all.forEach(this::delete);
    }
}
