package io.croft.controller.instancetype;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZone;
import io.croft.controller.fleet.AvailabilityZones;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where instance types can be launched: every type in every zone. */
@Component
public class InstanceTypeOfferings {
    private static final String BETWEEN = " ";

    private final JdbcClient jdbc;
    private final Map<InstanceTypeOffering.LocationType, Listing> listings =
            new EnumMap<>(InstanceTypeOffering.LocationType.class);

    InstanceTypeOfferings(JdbcClient jdbc, AvailabilityZones zones) {
        this.jdbc = jdbc;
        for (var type : InstanceTypeOffering.LocationType.values()) {
            listings.put(
                    type,
                    listing(
                            type,
                            switch (type) {
                                case REGION -> List.of(zones.region());
                                case AVAILABILITY_ZONE ->
                                    zones.all().stream()
                                            .map(AvailabilityZone::name)
                                            .toList();
                                case AVAILABILITY_ZONE_ID ->
                                    zones.all().stream()
                                            .map(AvailabilityZone::id)
                                            .toList();
                            }));
        }
    }

    private static Listing listing(InstanceTypeOffering.LocationType type, List<String> places) {
        var rows = places.stream()
                .map(p -> "('" + p.replace("'", "''") + "')")
                .collect(Collectors.joining(", ", "(VALUES ", ") AS p(location)"));
        return Listing.of(
                        "instance-type-offerings-" + type.ec2Name(),
                        "instance_type t CROSS JOIN " + rows,
                        "t.name || '" + BETWEEN + "' || p.location")
                .filter("instance-type", "t.name")
                .filter("location", "p.location");
    }

    /**
     * Lists offerings. Filters: {@code instance-type}, {@code location}.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue for an unknown filter
     */
    @Transactional(readOnly = true)
    public Page<InstanceTypeOffering> describe(Caller caller, InstanceTypeOffering.LocationType by, Query query) {
        return Objects.requireNonNull(listings.get(by))
                .find(jdbc, caller.account(), query)
                .map(InstanceTypeOfferings::offering);
    }

    private static InstanceTypeOffering offering(String key) {
        var space = key.indexOf(BETWEEN);
        return new InstanceTypeOffering(key.substring(0, space), key.substring(space + BETWEEN.length()));
    }
}
