package io.croft.controller.network.account;

import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.securitygroup.SecurityGroupDocuments;
import io.croft.controller.network.securitygroup.SecurityGroupTable;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcTable;
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
 * The networks of accounts that are deleted. Interfaces go with their instances, and are there until their hosts have proved them gone; groups once there is no interface, whatever names them; the
 * default VPC, with which every account starts, in the end.
 */
@Component
class NetworkHoldings implements AccountHoldings {
    private final JdbcClient jdbc;
    private final SecurityGroupTable groups;
    private final VpcTable vpcs;
    private final NetworkDocuments told;
    private final Tags tags;

    NetworkHoldings(JdbcClient jdbc, SecurityGroupTable groups, VpcTable vpcs, NetworkDocuments told, Tags tags) {
        this.jdbc = jdbc;
        this.groups = groups;
        this.vpcs = vpcs;
        this.told = told;
        this.tags = tags;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return Stream.concat(
                        interfaces(account).stream(),
                        ownGroups(account).stream().map(NetworkHoldings::holding))
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

    private static AccountHolding holding(Group group) {
        return new AccountHolding("security-group", group.id().value(), group.name());
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        if (interfaces(account).isEmpty()) {
            delete(ownGroups(account));
        }
    }

    private void delete(List<Group> ending) {
        ending.forEach(g -> told.deleted(SecurityGroupDocuments.key(g.id())));
        tags.drop(groups.deleteAll(ending.stream().map(Group::id).toList()));
    }

    /** What {@link DefaultVpcs} made. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(AccountDeleted deleted) {
        delete(groups.of(deleted.account()));
        vpcs.of(deleted.account()).forEach(vpc -> told.deleted(VpcDocuments.key(vpc.id())));
        tags.drop(vpcs.deleteAll(deleted.account()));
    }
}
