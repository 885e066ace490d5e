package io.croft.controller.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.address.PrivateAddresses;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's subnets. */
@Component
public class Subnets {
    private static final String FREE = "((1 << (32 - split_part(s.cidr, '/', 2)::int)) - " + PrivateAddresses.RESERVED
            + " - (SELECT count(*) FROM private_address p WHERE p.subnet = s.id))::text";

    private final Noun noun;
    private final VpcTable table;
    private final PrivateAddresses addresses;
    private final Tags tags;
    private final JdbcClient jdbc;

    Subnets(VpcTable table, PrivateAddresses addresses, Tags tags, AvailabilityZones zones, JdbcClient jdbc) {
        this.noun = Noun.of(ResourceType.SUBNET, "subnet s", l -> filters(l, zones));
        this.table = table;
        this.addresses = addresses;
        this.tags = tags;
        this.jdbc = jdbc;
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
