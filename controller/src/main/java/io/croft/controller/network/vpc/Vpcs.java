package io.croft.controller.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.vpc.VpcTable.Block;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.tags.Tags;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.VpcCidrAssociationId;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's VPCs. */
@Component
public class Vpcs {
    private static final Noun NOUN = Noun.of(
            ResourceType.VPC,
            "vpc v",
            l -> l.filter("cidr", "v.cidr")
                    .filter("cidr-block", "v.cidr")
                    .filterAny(
                            "cidr-block-association.cidr-block",
                            "SELECT v.cidr UNION ALL SELECT b.cidr FROM vpc_cidr b WHERE b.vpc = v.id")
                    .filterConstant("cidr-block-association.state", "associated")
                    .filterAny(
                            "cidr-block-association.association-id",
                            "SELECT replace(v.id, 'vpc-', 'vpc-cidr-assoc-') UNION ALL SELECT b.id FROM vpc_cidr b WHERE b.vpc = v.id")
                    .filterNone(
                            "ipv6-cidr-block-association.association-id",
                            "ipv6-cidr-block-association.ipv6-cidr-block",
                            "ipv6-cidr-block-association.ipv6-pool",
                            "ipv6-cidr-block-association.state")
                    .filterConstant("dhcp-options-id", "default")
                    .filter("isDefault", "v.is_default::text")
                    .filter("is-default", "v.is_default::text")
                    .filter("owner-id", "v.account")
                    .filterConstant("state", "available")
                    .filter("vpc-id", "v.id"));

    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;

    /** Further blocks of a VPC at most, as EC2's quota has it with the first one. */
    private static final int MOST_BLOCKS = 5;

    private final VpcTable table;
    private final VpcParts parts;
    private final NetworkDocuments told;
    private final DnsNames names;
    private final ReservedBlocks reserved;
    private final Quotas quotas;
    private final Recovery recovery;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    Vpcs(
            VpcTable table,
            VpcParts parts,
            NetworkDocuments told,
            DnsNames names,
            ReservedBlocks reserved,
            Quotas quotas,
            Recovery recovery,
            Tags tags,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.table = table;
        this.parts = parts;
        this.told = told;
        this.names = names;
        this.reserved = reserved;
        this.quotas = quotas;
        this.recovery = recovery;
        this.tags = tags;
        this.jdbc = jdbc;
        this.random = random;
    }

    @Bean
    static Noun vpcNoun() {
        return NOUN;
    }

    /**
     * Lists VPCs. Filters: {@code cidr}, {@code cidr-block-association.cidr-block}, {@code dhcp-options-id}, {@code isDefault}, {@code is-default},
     * {@code owner-id}, {@code state}, {@code vpc-id} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<VpcView> describe(Caller caller, Query query) {
        var page = NOUN.page(jdbc, caller, query, table::load, Vpc::id);
        var others = table.blocksOf(page.items().stream().map(Vpc::id).toList()).stream()
                .collect(Collectors.groupingBy(Block::vpc));
        return tags.onto(page, Vpc::id, (v, own) -> view(v, others.getOrDefault(v.id(), List.of()), own));
    }

    /**
     * Makes a VPC with what every one starts with: its default security group, its main route table, its default network ACL.
     *
     * @param block its addresses, /16 to /28; bits beyond the prefix count for nothing
     * @throws CloudException InvalidVpc.Range, VpcLimitExceeded, InvalidParameterValue for what is no block
     */
    @Transactional
    public VpcView create(Caller caller, String block, Map<String, String> vpcTags) {
        var cidr = block(block);
        quotas.require(caller.account(), Map.of(Quota.VPCS, 1L));
        return make(new Vpc(VpcId.random(random), caller.account(), cidr, false, true, false), vpcTags)
                .orElseThrow();
    }

    /** The same of any VPC, in the caller's transaction; empty when it would be the account's second default one. */
    @Transactional
    public Optional<VpcView> make(Vpc vpc, Map<String, String> vpcTags) {
        if (!table.insert(vpc, names.publicDomain())) {
            return Optional.empty();
        }
        parts.begin(vpc);
        tags.attach(vpc.account(), Map.of(vpc.id().value(), vpcTags));
        return Optional.of(view(vpc, List.of(), vpcTags));
    }

    private Cidr block(String text) {
        var cidr = CidrText.read(text);
        if (cidr.prefixLength() < LARGEST || cidr.prefixLength() > SMALLEST) {
            throw range(cidr);
        }
        if (reserved.overlap(cidr)) {
            throw range(cidr);
        }
        return cidr;
    }

    private static CloudException range(Cidr cidr) {
        return new CloudException(ErrorCode.VPC_RANGE, "The CIDR '" + cidr + "' is invalid.");
    }

    /**
     * Deletes a VPC in which nothing is any more but what it started with.
     *
     * @throws CloudException InvalidVpcID.NotFound, DependencyViolation
     */
    @Transactional
    public void delete(Caller caller, VpcId id) {
        lockOwn(caller, id);
        if (!table.subnetsOf(List.of(id)).isEmpty() || parts.hold(id)) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION, "The vpc '" + id + "' has dependencies and cannot be deleted.");
        }
        told.deleted(VpcDocuments.key(id));
        var gone = new ArrayList<>(parts.end(id));
        gone.add(id.value());
        table.delete(id);
        tags.drop(gone);
    }

    /**
     * Gives a VPC a further block of addresses.
     *
     * @throws CloudException InvalidVpcID.NotFound, InvalidVpc.Range, CidrLimitExceeded, InvalidParameterValue for what is no block
     */
    @Transactional
    public VpcView.Block associate(Caller caller, VpcId id, String block) {
        var cidr = block(block);
        var vpc = lockOwn(caller, id);
        var others = table.blocksOf(List.of(id));
        if (Stream.concat(Stream.of(vpc.cidr()), others.stream().map(Block::cidr))
                .anyMatch(cidr::overlaps)) {
            throw range(cidr);
        }
        if (others.size() + 1 >= MOST_BLOCKS) {
            throw new CloudException(
                    ErrorCode.VPC_CIDR_LIMIT_EXCEEDED,
                    "The VPC '" + id + "' has the " + MOST_BLOCKS + " blocks that it may have");
        }
        var added = new Block(VpcCidrAssociationId.random(random), id, caller.account(), cidr);
        table.insert(added);
        told.changed(VpcDocuments.key(id));
        return new VpcView.Block(added.id(), cidr);
    }

    /**
     * Takes a further block from its VPC.
     *
     * @return the VPC
     * @throws CloudException InvalidVpcCidrBlockAssociationID.NotFound, DependencyViolation while a subnet is in it, OperationNotPermitted for the first block
     */
    @Transactional
    public Map.Entry<VpcId, VpcView.Block> disassociate(Caller caller, VpcCidrAssociationId id) {
        if (table.of(caller.account()).stream()
                .anyMatch(v -> v.id().value().equals(id.value().replaceFirst("vpc-cidr-assoc-", "vpc-")))) {
            throw new CloudException(
                    ErrorCode.OPERATION_NOT_PERMITTED,
                    "The vpc CIDR block with association ID '" + id + "' is the VPC's first one and stays");
        }
        var vpc = table.block(caller.account(), id).map(Block::vpc).orElseThrow(() -> missing(id));
        lockOwn(caller, vpc);
        var block = table.block(caller.account(), id).orElseThrow(() -> missing(id));
        if (table.subnetsOf(List.of(vpc)).stream().anyMatch(s -> block.cidr().contains(s.cidr()))) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION,
                    "The vpc CIDR block with association ID '" + id
                            + "' has dependencies and cannot be disassociated.");
        }
        table.delete(block);
        told.changed(VpcDocuments.key(vpc));
        return Map.entry(vpc, new VpcView.Block(id, block.cidr()));
    }

    private static CloudException missing(VpcCidrAssociationId id) {
        return CloudException.missing(ResourceType.VPC_CIDR_ASSOCIATION, List.of(id.value()));
    }

    /**
     * Lets the VPC's resolver answer, or not, and gives its public addresses names, or none. Its hosts are told in the same transaction.
     *
     * @param support null for as it is
     * @param hostnames null for as it is
     * @param expected whether the VPC is as the caller thinks
     * @throws CloudException InvalidVpcID.NotFound; InvalidParameterCombination for names where no resolver answers; PreconditionFailed
     */
    @Transactional
    public VpcView modify(
            Caller caller,
            VpcId id,
            @Nullable Boolean support,
            @Nullable Boolean hostnames,
            Predicate<VpcView> expected) {
        var vpc = lockOwn(caller, id);
        if (!expected.test(show(caller, id))) {
            throw new CloudException(ErrorCode.PRECONDITION_FAILED, "The VPC '" + id + "' has changed meanwhile.");
        }
        var resolves = support == null ? vpc.dnsSupport() : support;
        if (Boolean.TRUE.equals(hostnames) && !resolves) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "DNS hostnames can be enabled only where DNS support is enabled");
        }
        var named = hostnames == null ? vpc.dnsHostnames() : hostnames;
        if (resolves != vpc.dnsSupport() || named != vpc.dnsHostnames()) {
            table.setDns(id, resolves, named);
            told.changed(VpcDocuments.key(id));
        }
        return show(caller, id);
    }

    private VpcView show(Caller caller, VpcId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    /** Tells the hosts of the domain of public names when it is another than they were told of, be it by a controller that knew of none; not while hosts are told nothing. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void tellDomain() {
        if (!recovery.state().reconciles()) {
            table.rename(names.publicDomain()).stream()
                    .sorted(Comparator.comparing(VpcId::value))
                    .map(VpcDocuments::key)
                    .forEach(told::changed);
        }
    }

    /** The account's VPC, locked for a change; nobody else changes what is in it meanwhile. */
    private Vpc lockOwn(Caller caller, VpcId id) {
        return table.lock(caller.account(), id)
                .orElseThrow(() -> CloudException.missing(ResourceType.VPC, List.of(id.value())));
    }

    private static VpcView view(Vpc vpc, List<Block> others, Map<String, String> tags) {
        return new VpcView(
                vpc.id(),
                vpc.account(),
                vpc.cidr(),
                others.stream().map(b -> new VpcView.Block(b.id(), b.cidr())).toList(),
                vpc.isDefault(),
                vpc.dnsSupport(),
                vpc.dnsHostnames(),
                tags);
    }
}
