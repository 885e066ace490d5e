package io.croft.rest.tenant.compute.capacityreservation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A capacity reservation: room for instances of a type in a zone, kept whether there are any or not.
 *
 * @param instanceCount for how many instances
 * @param availableCount how many more can be launched into it now
 * @param usedCount how many are in it
 * @param targeted whether only instances that name it are in it
 * @param endDate when it ends by itself; null for never
 * @param state {@code active}, {@code expired} or {@code cancelled}
 */
public record CapacityReservation(
        String capacityReservationId,
        String instanceType,
        String zone,
        int instanceCount,
        int availableCount,
        int usedCount,
        boolean targeted,
        @Nullable String endDate,
        String state,
        String created,
        Map<String, String> tags) {}
