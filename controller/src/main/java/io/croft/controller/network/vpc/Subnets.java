package io.croft.controller.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.address.PrivateAddresses;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.vpc.VpcTable.Block;
import io.croft.controller.network.vpc.VpcTable.NewSubnet;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's subnets. */
@Component
public class Subnets {
    private static final String FREE = "((1 << (32 - split_part(s.cidr, '/', 2)::int)) - " + PrivateAddresses.RESERVED
            + " - (SELECT count(*) FROM private_address p WHERE p.subnet = s.id))::text";

    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;

    private final Noun noun;
    private final VpcTable table;
    private final PrivateAddresses addresses;
    private final NetworkDocuments told;
    private final AvailabilityZones zones;
    private final Quotas quotas;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    Subnets(
            VpcTable table,
            PrivateAddresses addresses,
            NetworkDocuments told,
            AvailabilityZones zones,
            Quotas quotas,
            Tags tags,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.noun = Noun.of(ResourceType.SUBNET, "subnet s", l -> filters(l, zones));
        this.table = table;
        this.addresses = addresses;
        this.told = told;
        this.zones = zones;
        this.quotas = quotas;
        this.tags = tags;
        this.jdbc = jdbc;
        this.random = random;
    }

    private static Listing filters(Listing subnets, AvailabilityZones zones) {
        var zoneId = Listing.translated("s.zone", zones.ids());
        return subnets.filter("availability-zone", "s.zone")
                .filter("availabilityZone", "s.zone")
                .filter("available-ip-address-count", FREE)
                .filter("cidr", "s.cidr")
                .filter("cidr-block", "s.cidr")
                .filter("cidrBlock", "s.cidr")
                .filter("default-for-az", "s.default_for_zone::text")
                .filter("defaultForAz", "s.default_for_zone::text")
                .filter("map-public-ip-on-launch", "s.map_public_address::text")
                .filter("owner-id", "s.account")
                .filterConstant("enable-dns64", "false")
                .filterConstant("ipv6-native", "false")
                .filterConstant("map-customer-owned-ip-on-launch", "false")
                .filterConstant("private-dns-name-options-on-launch.hostname-type", "ip-name")
                .filterConstant("private-dns-name-options-on-launch.enable-resource-name-dns-a-record", "false")
                .filterConstant("private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record", "false")
                .filterNone(
                        "customer-owned-ipv4-pool",
                        "enable-lni-at-device-index",
                        "ipv6-cidr-block-association.association-id",
                        "ipv6-cidr-block-association.ipv6-cidr-block",
                        "ipv6-cidr-block-association.state",
                        "outpost-arn")
                .filterConstant("state", "available")
                .filter("subnet-id", "s.id")
                .filter("vpc-id", "s.vpc")
                .filter("availability-zone-id", zoneId)
                .filter("availabilityZoneId", zoneId)
                .filter("subnet-arn", "'arn:aws:ec2:" + zones.region() + ":' || s.account || ':subnet/' || s.id");
    }

    @Bean
    Noun subnetNoun() {
        return noun;
    }

    /**
     * Lists subnets. Filters: {@code availability-zone}, {@code availabilityZone}, {@code available-ip-address-count}, {@code cidr}, {@code cidr-block},
     * {@code cidrBlock}, {@code default-for-az}, {@code defaultForAz}, {@code map-public-ip-on-launch}, {@code owner-id}, {@code state}, {@code subnet-id},
     * {@code vpc-id} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<SubnetView> describe(Caller caller, Query query) {
        var page = noun.page(jdbc, caller, query, ids -> table.subnets(caller.account(), ids), Subnet::id);
        var taken =
                addresses.taken(page.items().stream().map(s -> s.id().value()).toList());
        return tags.onto(page, Subnet::id, (s, own) -> view(s, taken, own));
    }

    /**
     * Makes a subnet.
     *
     * @param block its addresses, /16 to /28, within one of the VPC's blocks
     * @param zone null for the first
     * @throws CloudException InvalidVpcID.NotFound, InvalidSubnet.Range, InvalidSubnet.Conflict, SubnetLimitExceeded, InvalidParameterValue for what is no block or no zone
     */
    @Transactional
    public SubnetId create(
            Caller caller, VpcId vpcId, String block, @Nullable String zone, Map<String, String> subnetTags) {
        var cidr = CidrText.read(block);
        var home = zone == null ? zones.first() : zones.require(zone);
        quotas.require(caller.account(), Map.of());
        var vpc = table.lock(caller.account(), vpcId)
                .orElseThrow(() -> CloudException.missing(ResourceType.VPC, List.of(vpcId.value())));
        var there = table.subnetsOf(List.of(vpcId));
        requireFree(cidr, vpc, there);
        quotas.requireRoom(caller.account(), Quota.SUBNETS_PER_VPC, there.size(), 1);
        var id = SubnetId.random(random);
        table.insert(new NewSubnet(id, vpc, cidr, home.name(), false));
        tags.attach(caller.account(), Map.of(id.value(), subnetTags));
        told.changed(VpcDocuments.key(vpcId));
        return id;
    }

    private void requireFree(Cidr cidr, Vpc vpc, List<Subnet> there) {
        var blocks = Stream.concat(
                Stream.of(vpc.cidr()),
                table.blocksOf(List.of(vpc.id())).stream().map(Block::cidr));
        if (cidr.prefixLength() < LARGEST
                || cidr.prefixLength() > SMALLEST
                || blocks.noneMatch(b -> b.contains(cidr))) {
            throw new CloudException(ErrorCode.SUBNET_RANGE, "The CIDR '" + cidr + "' is invalid.");
        }
        if (there.stream().anyMatch(s -> s.cidr().overlaps(cidr))) {
            throw new CloudException(
                    ErrorCode.SUBNET_CONFLICT, "The CIDR '" + cidr + "' conflicts with another subnet");
        }
    }

    /**
     * Deletes a subnet in which no interface is any more.
     *
     * @throws CloudException InvalidSubnetID.NotFound, DependencyViolation
     */
    @Transactional
    public void delete(Caller caller, SubnetId id) {
        var subnet = lock(caller, id);
        if (table.inUse(id)) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION, "The subnet '" + id + "' has dependencies and cannot be deleted.");
        }
        table.delete(id);
        tags.drop(List.of(id.value()));
        told.changed(VpcDocuments.key(subnet.vpc()));
    }

    /**
     * Says whether an instance gets a public address in the subnet unless it says otherwise.
     *
     * @param on null for as it is
     * @param expected whether the subnet is as the caller thinks
     * @throws CloudException InvalidSubnetID.NotFound, PreconditionFailed
     */
    @Transactional
    public SubnetView modify(Caller caller, SubnetId id, @Nullable Boolean on, Predicate<SubnetView> expected) {
        lock(caller, id);
        if (!expected.test(show(caller, id))) {
            throw new CloudException(ErrorCode.PRECONDITION_FAILED, "The subnet '" + id + "' has changed meanwhile.");
        }
        if (on != null) {
            table.setMapPublicAddress(id, on);
        }
        return show(caller, id);
    }

    private SubnetView show(Caller caller, SubnetId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    /** After its VPC, as everybody locks them. */
    private Subnet lock(Caller caller, SubnetId id) {
        table.subnets(caller.account(), List.of(id.value())).forEach(s -> table.lock(caller.account(), s.vpc()));
        return table.lock(caller.account(), id)
                .orElseThrow(() -> CloudException.missing(ResourceType.SUBNET, List.of(id.value())));
    }

    private static SubnetView view(Subnet subnet, Map<String, Integer> taken, Map<String, String> tags) {
        return new SubnetView(
                subnet.id(),
                subnet.vpc(),
                subnet.account(),
                subnet.cidr(),
                subnet.zone(),
                PrivateAddresses.usable(subnet.cidr())
                        - taken.getOrDefault(subnet.id().value(), 0),
                subnet.defaultForZone(),
                subnet.mapPublicAddress(),
                tags);
    }
}
