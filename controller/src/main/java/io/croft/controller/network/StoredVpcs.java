package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.VpcTable.Vpc;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists VPCs. */
@Component
class StoredVpcs implements Vpcs {
    private static final Listing LISTING = Listing.of("vpcs", "vpc v", "v.id")
            .ids(ResourceType.VPC, "vpc", ErrorCode.VPC_ID_MALFORMED, ErrorCode.VPC_NOT_FOUND)
            .ownedBy("v.account")
            .filter("cidr", "v.cidr")
            .filter("cidr-block", "v.cidr")
            .filter("cidr-block-association.cidr-block", "v.cidr")
            .filterConstant("cidr-block-association.state", "associated")
            .filter("cidr-block-association.association-id", "replace(v.id, 'vpc-', 'vpc-cidr-assoc-')")
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
            .filter("vpc-id", "v.id")
            .tagged();

    private final VpcTable table;
    private final Tags tags;
    private final JdbcClient jdbc;

    StoredVpcs(VpcTable table, Tags tags, JdbcClient jdbc) {
        this.table = table;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<VpcView> describe(Caller caller, Query query) {
        var page = LISTING.find(jdbc, caller.account(), query);
        var vpcs =
                table.load(page.items()).stream().collect(Collectors.toMap(v -> v.id().value(), Function.identity()));
        var tagged = tags.of(page.items());
        return page.found(vpcs).map(v -> view(v, tagged));
    }

    private static VpcView view(Vpc vpc, Map<String, Map<String, String>> tags) {
        return new VpcView(
                vpc.id(),
                vpc.account(),
                vpc.cidr(),
                vpc.isDefault(),
                tags.getOrDefault(vpc.id().value(), Map.of()));
    }
}
