package io.croft.controller.compute.instance;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.AccountId;
import io.croft.types.InstanceState;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists where instances are among each other. */
@Component
public class InstanceTopologies {
    private static final String GROUP = "group-name";
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    private static final int NODE_DIGITS = 17;

    private final Listing listing;
    private final InstanceTable instances;
    private final VmTable vms;
    private final JdbcClient jdbc;
    private final String region;

    InstanceTopologies(InstanceTable instances, VmTable vms, AvailabilityZones zones, JdbcClient jdbc) {
        this.instances = instances;
        this.vms = vms;
        this.jdbc = jdbc;
        this.region = zones.region();
        this.listing = Listing.of("instance-topologies", "instance i", "i.id")
                .ids(ResourceType.INSTANCE)
                .visibleWhere("i.account = :account AND i.state <> 'TERMINATED'")
                .pageSizes(1, LARGEST_PAGE)
                .filter("availability-zone", "i.zone")
                .filter("instance-type", "i.instance_type")
                .filter("zone-id", Listing.translated("i.zone", zones.ids()))
                .scope(GROUP, "SELECT i.placement_group_name");
    }

    /**
     * Lists instances, 20 a page unless the query says how many or which. Filters: {@code availability-zone}, {@code instance-type}, {@code zone-id}.
     *
     * @param groups names of placement groups, in one of which an instance has to be; empty for all instances
     * @throws io.croft.controller.context.CloudException InvalidInstanceID.NotFound, InvalidParameterValue for an unknown filter
     */
    @Transactional(readOnly = true)
    public Page<InstanceTopology> describe(Caller caller, Query query, List<String> groups) {
        var page = listing.find(
                jdbc,
                caller.account(),
                paged(query),
                groups.isEmpty()
                        ? List.of()
                        : List.of(new Filter(
                                GROUP, groups.stream().map(Listing::literally).toList())));
        var rows = instances.load(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var ordered = page.found(rows);
        var places = vms.load(ordered.items().stream().map(InstanceRow::id).toList()).stream()
                .collect(Collectors.toMap(VmRow::instance, v -> v));
        return ordered.map(r -> topology(r, places.get(r.id())));
    }

    private static Query paged(Query query) {
        return query.maxResults() != null || !query.ids().isEmpty()
                ? query
                : new Query(query.ids(), query.filters(), USUAL_PAGE, query.nextToken());
    }

    private InstanceTopology topology(InstanceRow row, @Nullable VmRow place) {
        var group = row.group();
        return new InstanceTopology(
                row.id(),
                row.instanceType(),
                row.zone(),
                group == null ? null : group.name(),
                place != null && row.state() == InstanceState.RUNNING
                        ? Stream.of(region, row.zone(), place.host().value())
                                .map(n -> node(row.account(), n))
                                .toList()
                        : List.of());
    }

    private static String node(AccountId account, String place) {
        return "nn-" + new ParameterHash().add(account.value()).add(place).hex().substring(0, NODE_DIGITS);
    }
}
