package io.croft.controller.ec2api.kit;

import io.croft.controller.awsedge.Given;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Reads the zone of a request that names it, or its id. */
public final class ZoneForm {
    private ZoneForm() {}

    /**
     * The zone's name.
     *
     * @throws CloudException MissingParameter, InvalidParameterCombination for both, InvalidZone.NotFound for an id that none has
     */
    public static String read(AvailabilityZones zones, @Nullable String name, @Nullable String id) {
        if (name != null && id != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters AvailabilityZone and AvailabilityZoneId cannot be used together");
        }
        return id == null
                ? Given.value(name, "AvailabilityZone")
                : zones.existingWithId(id).name();
    }
}
