package io.croft.controller.fleet;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.types.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The region's zones, as the operator's settings name them. */
@Component
public final class AvailabilityZones {
    private final String region;
    private final List<AvailabilityZone> zones;

    public AvailabilityZones(CroftProperties properties) {
        this.region = properties.region();
        this.zones = number(properties.region(), properties.zones());
    }

    private static List<AvailabilityZone> number(String region, List<String> names) {
        var zones = new ArrayList<AvailabilityZone>();
        for (var name : names) {
            zones.add(new AvailabilityZone(name, shortName(region) + "-az" + (zones.size() + 1), region));
        }
        return List.copyOf(zones);
    }

    /** {@code us-east-1} becomes {@code use1}, as AWS shortens it. */
    private static String shortName(String region) {
        var parts = region.split("-", -1);
        var text = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.length; i++) {
            text.append(parts[i], 0, Math.min(1, parts[i].length()));
        }
        return text.toString();
    }

    public String region() {
        return region;
    }

    /** All of them; the first is the default. */
    public List<AvailabilityZone> all() {
        return zones;
    }

    /** The zones' ids by their names. */
    public Map<String, String> ids() {
        return zones.stream().collect(Collectors.toMap(AvailabilityZone::name, AvailabilityZone::id));
    }

    public AvailabilityZone first() {
        return zones.getFirst();
    }

    /**
     * The zone of that name, in which something is to be that takes no other.
     *
     * @throws CloudException InvalidZone.NotFound without one
     */
    public AvailabilityZone existing(String name) {
        return zones.stream().filter(z -> z.name().equals(name)).findFirst().orElseThrow(() -> missing(name));
    }

    /**
     * The same by the zone's id.
     *
     * @throws CloudException InvalidZone.NotFound without one
     */
    public AvailabilityZone existingWithId(String id) {
        return zones.stream().filter(z -> z.id().equals(id)).findFirst().orElseThrow(() -> missing(id));
    }

    private static CloudException missing(String zone) {
        return new CloudException(ErrorCode.ZONE_NOT_FOUND, "The zone '" + zone + "' does not exist.");
    }

    /**
     * The zone with that id.
     *
     * @throws CloudException InvalidParameterValue without one
     */
    public AvailabilityZone requireId(String id) {
        return zones.stream().filter(z -> z.id().equals(id)).findFirst().orElseThrow(() -> invalid(id));
    }

    private static CloudException invalid(String zone) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid availability zone: [" + zone + "]");
    }

    /**
     * The zone of that name.
     *
     * @throws CloudException InvalidParameterValue without one
     */
    public AvailabilityZone require(String name) {
        return zones.stream().filter(z -> z.name().equals(name)).findFirst().orElseThrow(() -> invalid(name));
    }
}
