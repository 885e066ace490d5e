package io.croft.controller.restapi.fleet;

import io.croft.controller.fleet.AvailabilityZones;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.fleet.Region;
import io.croft.rest.tenant.fleet.Zone;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The region and its zones. */
@RestController
@RequestMapping("/v1")
class ZoneRoutes {
    private final AvailabilityZones zones;

    ZoneRoutes(AvailabilityZones zones) {
        this.zones = zones;
    }

    @GetMapping("/zones")
    Slice<Zone> listZones() {
        return new Slice<>(
                zones.all().stream()
                        .map(z -> new Zone(z.name(), z.id(), z.region()))
                        .toList(),
                null);
    }

    /** The one that this controller is. */
    @GetMapping("/regions")
    Slice<Region> listRegions() {
        return new Slice<>(List.of(new Region(zones.region())), null);
    }
}
