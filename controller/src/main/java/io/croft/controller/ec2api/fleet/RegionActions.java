package io.croft.controller.ec2api.fleet;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.StaticListing;
import io.croft.controller.fleet.AvailabilityZone;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** The region and its zones. */
@ActionGroup(service = Ec2Service.NAME)
class RegionActions {
    private static final String NONE = "";
    private static final String OPT_IN = "opt-in-not-required";
    private static final String NAME_FILTER = "zone-name";
    private static final String ID_FILTER = "zone-id";
    private static final StaticListing<String> REGIONS = new StaticListing<>(
            "region", Map.of("region-name", r -> r, "endpoint", RegionActions::endpoint, "opt-in-status", _ -> OPT_IN));
    private static final StaticListing<AvailabilityZone> ZONES = new StaticListing<>(
            "availability zone",
            Map.ofEntries(
                    entry(NAME_FILTER, AvailabilityZone::name),
                    entry(ID_FILTER, AvailabilityZone::id),
                    entry("region-name", AvailabilityZone::region),
                    entry("group-name", AvailabilityZone::region),
                    entry("group-long-name", AvailabilityZone::region),
                    entry("message", _ -> NONE),
                    entry("parent-zone-id", _ -> NONE),
                    entry("parent-zone-name", _ -> NONE),
                    entry("parent-zoneID", _ -> NONE),
                    entry("parent-zoneName", _ -> NONE),
                    entry("state", _ -> "available"),
                    entry("zone-type", _ -> "availability-zone"),
                    entry("opt-in-status", _ -> OPT_IN)));

    private final AvailabilityZones zones;

    RegionActions(AvailabilityZones zones) {
        this.zones = zones;
    }

    @Action(
            supports = {"RegionName", "Filter.*"},
            accepts = {"AllRegions=true", "AllRegions=false"})
    DescribeRegionsResponse describeRegions(Caller caller, DescribeRegionsRequest request) {
        var query = Queries.of(request.regionNames(), request.filters(), null, null);
        return DescribeRegionsResponse.builder()
                .regions(REGIONS.find(List.of(zones.region()), query, "region-name").stream()
                        .map(RegionActions::region)
                        .toList())
                .build();
    }

    @Action(
            supports = {"ZoneName", "ZoneId", "Filter.*"},
            accepts = {"AllAvailabilityZones=true", "AllAvailabilityZones=false"})
    DescribeAvailabilityZonesResponse describeAvailabilityZones(
            Caller caller, DescribeAvailabilityZonesRequest request) {
        if (!request.zoneNames().isEmpty() && !request.zoneIds().isEmpty()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters ZoneName and ZoneId cannot be used together");
        }
        var byName = request.zoneIds().isEmpty();
        var query = Queries.of(byName ? request.zoneNames() : request.zoneIds(), request.filters(), null, null);
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(ZONES.find(zones.all(), query, byName ? NAME_FILTER : ID_FILTER).stream()
                        .map(RegionActions::zone)
                        .toList())
                .build();
    }

    private static Region region(String name) {
        return Region.builder()
                .regionName(name)
                .endpoint(endpoint(name))
                .optInStatus(OPT_IN)
                .build();
    }

    private static software.amazon.awssdk.services.ec2.model.AvailabilityZone zone(AvailabilityZone zone) {
        return software.amazon.awssdk.services.ec2.model.AvailabilityZone.builder()
                .zoneName(zone.name())
                .zoneId(zone.id())
                .regionName(zone.region())
                .groupName(zone.region())
                .groupLongName(zone.region())
                .networkBorderGroup(zone.region())
                .zoneType("availability-zone")
                .state("available")
                .optInStatus(OPT_IN)
                .messages(List.of())
                .build();
    }

    /** A name that resolves nowhere: a client that follows it must not land at Amazon's. */
    private static String endpoint(String region) {
        return "ec2." + region + ".internal";
    }

    private static Map.Entry<String, Function<AvailabilityZone, String>> entry(
            String filter, Function<AvailabilityZone, String> value) {
        return Map.entry(filter, value);
    }
}
