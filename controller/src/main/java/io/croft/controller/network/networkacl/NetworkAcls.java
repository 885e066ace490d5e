package io.croft.controller.network.networkacl;

import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.network.networkacl.NetworkAclRows.Association;
import io.croft.controller.network.networkacl.NetworkAclRows.Row;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.vpc.SubnetGuards;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkAclAssociationId;
import io.croft.types.NetworkAclId;
import io.croft.types.ResourceType;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The account's network ACLs. Each VPC has a default one, which its subnets have that were given no other.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html">Control subnet traffic with network access control lists</a>
 */
@Component
public class NetworkAcls {
    private static final String ASSOCIATIONS =
            " FROM " + NetworkAclRows.ASSOCIATIONS + " AS x WHERE x.network_acl = a.id";
    private static final String ENTRIES = " FROM network_acl_entry e WHERE e.network_acl = a.id";
    private static final Noun NOUN = Noun.of(ResourceType.NETWORK_ACL, "network_acl a", NetworkAcls::filters);

    private final NetworkAclRows rows;
    private final SubnetGuards guards;
    private final VpcTable vpcs;
    private final NetworkDocuments told;
    private final Quotas quotas;
    private final ClientTokens tokens;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    NetworkAcls(
            NetworkAclRows rows,
            SubnetGuards guards,
            VpcTable vpcs,
            NetworkDocuments told,
            Quotas quotas,
            ClientTokens tokens,
            Tags tags,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.rows = rows;
        this.guards = guards;
        this.vpcs = vpcs;
        this.told = told;
        this.quotas = quotas;
        this.tokens = tokens;
        this.tags = tags;
        this.jdbc = jdbc;
        this.random = random;
    }

    private static Listing filters(Listing acls) {
        return acls.filterAny("association.association-id", "SELECT x.id" + ASSOCIATIONS)
                .filterAny("association.network-acl-id", "SELECT x.network_acl" + ASSOCIATIONS)
                .filterAny("association.subnet-id", "SELECT x.subnet" + ASSOCIATIONS)
                .filter("default", "a.is_default::text")
                .filterAny("entry.cidr", "SELECT '0.0.0.0/0' UNION ALL SELECT e.cidr" + ENTRIES)
                .filterAny("entry.egress", "VALUES ('true'), ('false')")
                .filterAny("entry.icmp.code", "SELECT e.to_port::text" + ENTRIES + " AND e.protocol = 1")
                .filterAny("entry.icmp.type", "SELECT e.from_port::text" + ENTRIES + " AND e.protocol = 1")
                .filterNone("entry.ipv6-cidr")
                .filterAny("entry.port-range.from", "SELECT e.from_port::text" + ENTRIES + " AND e.protocol IN (6, 17)")
                .filterAny("entry.port-range.to", "SELECT e.to_port::text" + ENTRIES + " AND e.protocol IN (6, 17)")
                .filterAny(
                        "entry.protocol",
                        "SELECT '-1' UNION ALL SELECT e.protocol::text" + ENTRIES
                                + " UNION ALL SELECT CASE e.protocol WHEN 1 THEN 'icmp' WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' END"
                                + ENTRIES)
                .filterAny(
                        "entry.rule-action",
                        "SELECT 'deny' UNION ALL SELECT CASE WHEN e.allows THEN 'allow' ELSE 'deny' END" + ENTRIES)
                .filterAny(
                        "entry.rule-number",
                        "SELECT '" + EntryRules.CLOSING + "' UNION ALL SELECT e.number::text" + ENTRIES)
                .filter("network-acl-id", "a.id")
                .filter("owner-id", "a.account")
                .filter("vpc-id", "a.vpc");
    }

    @Bean
    static Noun networkAclNoun() {
        return NOUN;
    }

    /** Lists network ACLs. */
    @Transactional(readOnly = true)
    public Page<NetworkAclView> describe(Caller caller, Query query) {
        var page = NOUN.page(jdbc, caller, query, rows::load, Row::id);
        var entries = rows.entriesOf(page.items().stream().map(Row::id).toList());
        var associations = rows
                .associationsOf(page.items().stream().map(Row::vpc).distinct().toList())
                .stream()
                .collect(Collectors.groupingBy(Association::acl));
        return tags.onto(
                page,
                Row::id,
                (row, own) -> new NetworkAclView(
                        row.id(),
                        row.account(),
                        row.vpc(),
                        row.isDefault(),
                        Stream.of(true, false)
                                .flatMap(egress -> Stream.concat(
                                        entries.getOrDefault(row.id(), List.of()).stream()
                                                .filter(e -> e.egress() == egress),
                                        Stream.of(EntryRules.closing(egress))))
                                .toList(),
                        associations.getOrDefault(row.id(), List.of()).stream()
                                .map(a -> new NetworkAclView.Association(a.id(), a.subnet()))
                                .toList(),
                        own));
    }

    /**
     * Makes a network ACL that no subnet has yet and that lets nothing pass.
     *
     * @param token by which a repeated request is known; null for none
     * @throws CloudException InvalidVpcID.NotFound, NetworkAclLimitExceeded, IdempotentParameterMismatch
     */
    @Transactional
    public NetworkAclId create(Caller caller, VpcId vpc, Map<String, String> aclTags, @Nullable String token) {
        var asked = new ParameterHash().add(vpc.value()).addMap(aclTags);
        var use = new ClientTokens.Use(caller, "CreateNetworkAcl", token, asked.hex());
        return tokens.once(
                use,
                () -> create(caller, vpc, aclTags),
                id -> List.of(id.value()),
                made -> new NetworkAclId(made.getFirst()));
    }

    private NetworkAclId create(Caller caller, VpcId vpc, Map<String, String> aclTags) {
        quotas.require(caller.account(), Map.of());
        if (vpcs.lock(caller.account(), vpc).isEmpty()) {
            throw CloudException.missing(ResourceType.VPC, List.of(vpc.value()));
        }
        quotas.requireRoom(
                caller.account(),
                Quota.NETWORK_ACLS_PER_VPC,
                rows.of(List.of(vpc)).size(),
                1);
        var id = NetworkAclId.random(random);
        rows.insert(new Row(id, caller.account(), vpc, false));
        tags.attach(caller.account(), Map.of(id.value(), aclTags));
        told.changed(VpcDocuments.key(vpc));
        return id;
    }

    /**
     * Deletes a network ACL that no subnet has.
     *
     * @throws CloudException InvalidNetworkAclID.NotFound; DependencyViolation; InvalidParameterValue for the default one
     */
    @Transactional
    public void delete(Caller caller, NetworkAclId id) {
        var acl = lock(caller, id);
        if (acl.isDefault()) {
            throw invalid("cannot delete default network ACL " + id);
        }
        if (rows.associationsOf(List.of(acl.vpc())).stream()
                .anyMatch(a -> a.acl().equals(id))) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION,
                    "The networkAcl '" + id + "' has dependencies and cannot be deleted.");
        }
        rows.delete(id);
        tags.drop(List.of(id.value()));
        told.changed(VpcDocuments.key(acl.vpc()));
    }

    /**
     * Lets packets pass, or not.
     *
     * @throws CloudException InvalidNetworkAclID.NotFound, NetworkAclEntryAlreadyExists, NetworkAclEntryLimitExceeded, InvalidParameterValue, MissingParameter; UnsupportedOperation where a host
     *     cannot keep it
     */
    @Transactional
    public void createEntry(Caller caller, NetworkAclId id, NewEntry wanted) {
        change(caller, id, wanted, entry -> {
            var there = rows.entriesOf(List.of(id)).getOrDefault(id, List.of()).stream()
                    .filter(e -> e.egress() == entry.egress())
                    .toList();
            if (there.stream().anyMatch(e -> e.number() == entry.number())) {
                throw new CloudException(
                        ErrorCode.NETWORK_ACL_ENTRY_EXISTS,
                        "The network acl entry identified by " + entry.number() + " already exists.");
            }
            quotas.requireRoom(caller.account(), Quota.ENTRIES_PER_NETWORK_ACL, there.size(), 1);
            rows.insert(id, entry);
        });
    }

    /**
     * Puts an entry in the place of the one of its direction and number.
     *
     * @param expected whether the ACL is as the caller thinks
     * @throws CloudException as {@link #createEntry}; InvalidNetworkAclEntry.NotFound where there is none; PreconditionFailed
     */
    @Transactional
    public void replaceEntry(Caller caller, NetworkAclId id, NewEntry wanted, Predicate<NetworkAclView> expected) {
        change(caller, id, wanted, entry -> {
            if (!expected.test(show(caller, id))) {
                throw new CloudException(
                        ErrorCode.PRECONDITION_FAILED, "The networkAcl '" + id + "' has changed meanwhile.");
            }
            if (!rows.update(id, entry)) {
                throw missing(entry.number());
            }
        });
    }

    private NetworkAclView show(Caller caller, NetworkAclId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    private void change(Caller caller, NetworkAclId id, NewEntry wanted, Consumer<Entry> change) {
        var entry = EntryRules.read(wanted);
        var acl = lock(caller, id);
        change.accept(entry);
        tell(acl.vpc());
    }

    /**
     * Takes an entry away.
     *
     * @throws CloudException InvalidNetworkAclID.NotFound, InvalidNetworkAclEntry.NotFound, InvalidParameterValue for the one that closes a direction; UnsupportedOperation where a host cannot keep
     *     what is left
     */
    @Transactional
    public void deleteEntry(Caller caller, NetworkAclId id, boolean egress, int number) {
        var acl = lock(caller, id);
        if (number == EntryRules.CLOSING) {
            throw invalid("cannot delete the entry " + number + ", which closes a network ACL");
        }
        if (!rows.delete(id, egress, number)) {
            throw missing(number);
        }
        tell(acl.vpc());
    }

    /**
     * Gives the subnet of an association another network ACL.
     *
     * @return the new association's id
     * @throws CloudException InvalidAssociationID.NotFound, InvalidNetworkAclID.NotFound, InvalidParameterValue for one of another VPC; UnsupportedOperation where a host cannot keep it
     */
    @Transactional
    public NetworkAclAssociationId replaceAssociation(Caller caller, NetworkAclAssociationId id, NetworkAclId with) {
        var association = rows.association(caller.account(), id)
                .filter(a -> vpcs.lock(caller.account(), a.vpc()).isPresent())
                .flatMap(a -> rows.association(caller.account(), id))
                .orElseThrow(() -> CloudException.missing(
                        ErrorCode.ASSOCIATION_NOT_FOUND,
                        Listing.sentence("association ID", List.of(id.value())),
                        List.of(id.value())));
        return associate(lock(caller, with), association.subnet(), association.vpc());
    }

    /**
     * Gives a subnet a network ACL in place of the one that it has.
     *
     * @throws CloudException InvalidNetworkAclID.NotFound, InvalidSubnetID.NotFound; the others of {@link #replaceAssociation}
     */
    @Transactional
    public NetworkAclAssociationId associate(Caller caller, NetworkAclId id, SubnetId subnet) {
        var acl = lock(caller, id);
        var home = vpcs.holdSubnets(caller.account(), List.of(subnet)).stream()
                .findFirst()
                .orElseThrow(() -> CloudException.missing(ResourceType.SUBNET, List.of(subnet.value())))
                .vpc();
        return associate(acl, subnet, home);
    }

    private NetworkAclAssociationId associate(Row acl, SubnetId subnet, VpcId home) {
        if (!home.equals(acl.vpc())) {
            throw invalid("Network acl " + acl.id() + " and subnet " + subnet + " belong to different networks");
        }
        var association = new Association(NetworkAclAssociationId.random(random), home, acl.id(), subnet);
        rows.put(association);
        tell(home);
        return association.id();
    }

    /** Tells hosts of borders that may be others now. */
    private void tell(VpcId vpc) {
        guards.require(vpc);
        told.changed(VpcDocuments.key(vpc));
    }

    private Row lock(Caller caller, NetworkAclId id) {
        return rows.find(caller.account(), id)
                .filter(a -> vpcs.lock(caller.account(), a.vpc()).isPresent())
                .flatMap(a -> rows.find(caller.account(), id))
                .orElseThrow(() -> CloudException.missing(ResourceType.NETWORK_ACL, List.of(id.value())));
    }

    private static CloudException missing(int number) {
        return CloudException.missing(
                ErrorCode.NETWORK_ACL_ENTRY_NOT_FOUND,
                "The network acl entry identified by " + number + " does not exist.",
                List.of(String.valueOf(number)));
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }
}
