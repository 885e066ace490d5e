package io.croft.controller.ec2api;

import io.croft.controller.context.CroftProperties;
import io.croft.controller.fleet.AvailabilityZones;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The zones that a deployment without settings has. */
public final class Zones {
    private Zones() {}

    public static AvailabilityZones ofTheDefaultRegion() {
        return new AvailabilityZones(
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("croft", CroftProperties.class));
    }
}
