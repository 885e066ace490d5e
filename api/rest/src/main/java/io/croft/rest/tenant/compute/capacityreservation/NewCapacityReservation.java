package io.croft.rest.tenant.compute.capacityreservation;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a capacity reservation.
 *
 * @param instanceCount for how many instances, 1 to 1,000
 * @param targeted whether only instances that name it are in it; by default all are that suit it
 * @param endDate when it ends by itself; never by default
 */
public record NewCapacityReservation(
        String instanceType,
        String zone,
        Integer instanceCount,
        @Nullable Boolean targeted,
        @Nullable String endDate,
        @Nullable Map<String, String> tags) {
    public NewCapacityReservation {
        Objects.requireNonNull(instanceType, "instanceType is missing");
        Objects.requireNonNull(zone, "zone is missing");
        Objects.requireNonNull(instanceCount, "instanceCount is missing");
    }
}
