package io.croft.controller.network.networkacl;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Instants;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.vpc.VpcPart;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.NetworkAclId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The default network ACLs of an account's VPCs. */
@Component
public class NetworkAcls implements VpcPart {
    /** What an association is called is made of its subnet's id, since a subnet has one. */
    private static final String ASSOCIATION =
            "SELECT replace(s.id, 'subnet-', 'aclassoc-') FROM subnet s WHERE s.vpc = a.vpc";

    private static final Noun NOUN = Noun.of(ResourceType.NETWORK_ACL, "network_acl a", NetworkAcls::filters);

    private final VpcTable vpcs;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random;

    NetworkAcls(VpcTable vpcs, Tags tags, JdbcClient jdbc, Clock clock, RandomGenerator random) {
        this.vpcs = vpcs;
        this.tags = tags;
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    private static Listing filters(Listing acls) {
        return acls.filterAny("association.association-id", ASSOCIATION)
                .filter("association.network-acl-id", "a.id")
                .filterAny("association.subnet-id", "SELECT s.id FROM subnet s WHERE s.vpc = a.vpc")
                .filterConstant("default", "true")
                .filterConstant("entry.cidr", "0.0.0.0/0")
                .filterNone("entry.icmp.code", "entry.icmp.type", "entry.ipv6-cidr")
                .filterNone("entry.port-range.from", "entry.port-range.to")
                .filterConstant("entry.protocol", "-1")
                .filterAny("entry.rule-action", "VALUES ('allow'), ('deny')")
                .filterAny("entry.egress", "VALUES ('true'), ('false')")
                .filterAny("entry.rule-number", "VALUES ('100'), ('32767')")
                .filter("network-acl-id", "a.id")
                .filter("owner-id", "a.account")
                .filter("vpc-id", "a.vpc");
    }

    @Bean
    static Noun networkAclNoun() {
        return NOUN;
    }

    private record Row(NetworkAclId id, AccountId account, VpcId vpc) {}

    /** Lists network ACLs. */
    @Transactional(readOnly = true)
    public Page<NetworkAclView> describe(Caller caller, Query query) {
        var page = NOUN.page(jdbc, caller, query, this::load, Row::id);
        var subnets = vpcs.subnetsOf(page.items().stream().map(Row::vpc).toList()).stream()
                .collect(Collectors.groupingBy(Subnet::vpc, Collectors.mapping(Subnet::id, Collectors.toList())));
        return tags.onto(
                page,
                Row::id,
                (r, own) -> new NetworkAclView(
                        r.id(), r.account(), r.vpc(), subnets.getOrDefault(r.vpc(), List.of()), own));
    }

    private List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM network_acl WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> new Row(
                        new NetworkAclId(row.getString("id")),
                        new AccountId(row.getString("account")),
                        new VpcId(row.getString("vpc"))))
                .list();
    }

    @Override
    public void begin(Vpc vpc) {
        jdbc.sql("INSERT INTO network_acl (id, account, vpc, created) VALUES (:id, :account, :vpc, :now)"
                        + " ON CONFLICT (vpc) DO NOTHING")
                .param("id", NetworkAclId.random(random).value())
                .param("account", vpc.account().value())
                .param("vpc", vpc.id().value())
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    @Override
    public boolean holds(VpcId vpc) {
        return false;
    }

    @Override
    public List<String> end(VpcId vpc) {
        return jdbc.sql("DELETE FROM network_acl WHERE vpc = :vpc RETURNING id")
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
    }
}
