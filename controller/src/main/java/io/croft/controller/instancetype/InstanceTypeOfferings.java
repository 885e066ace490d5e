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

/** Where instance types can be launched: in the zones with a host that runs their architecture, away or not; those with graphics processors nowhere. */
@Component
public class InstanceTypeOfferings {
    private static final String BETWEEN = " ";

    /** The architectures that each zone's hosts run, their own and by emulation. */
    private static final String RUN =
            "SELECT h.zone, h.facts ->> 'architecture' AS architecture FROM host h UNION SELECT h.zone, e.name FROM"
                    + " host h, jsonb_array_elements_text(CASE jsonb_typeof(h.facts -> 'emulated') WHEN 'array' THEN"
                    + " h.facts -> 'emulated' ELSE '[]' END) AS e(name)";

    private final JdbcClient jdbc;
    private final Map<InstanceTypeOffering.LocationType, Listing> listings =
            new EnumMap<>(InstanceTypeOffering.LocationType.class);

    InstanceTypeOfferings(JdbcClient jdbc, AvailabilityZones zones) {
        this.jdbc = jdbc;
        for (var type : InstanceTypeOffering.LocationType.values()) {
            listings.put(type, listing(type, zones.all()));
        }
    }

    private static Listing listing(InstanceTypeOffering.LocationType by, List<AvailabilityZone> zones) {
        var places = zones.stream()
                .map(z -> "(" + quoted(z.name()) + ", " + quoted(location(by, z)) + ")")
                .collect(Collectors.joining(", ", "(VALUES ", ")"));
        return Listing.of(
                        "instance-type-offerings-" + by.ec2Name(),
                        "(SELECT DISTINCT t.name, p.location FROM " + places + " AS p(zone, location) JOIN (" + RUN
                                + ") AS r ON r.zone = p.zone JOIN instance_type t ON t.architecture = r.architecture"
                                + " AND t.gpus IS NULL) AS o",
                        "o.name || '" + BETWEEN + "' || o.location")
                .filter("instance-type", "o.name")
                .filter("location", "o.location");
    }

    private static String location(InstanceTypeOffering.LocationType by, AvailabilityZone zone) {
        return switch (by) {
            case REGION -> zone.region();
            case AVAILABILITY_ZONE -> zone.name();
            case AVAILABILITY_ZONE_ID -> zone.id();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
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
