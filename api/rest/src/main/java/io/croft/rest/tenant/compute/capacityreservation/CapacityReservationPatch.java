package io.croft.rest.tenant.compute.capacityreservation;

import org.jspecify.annotations.Nullable;

/**
 * What to change of an active capacity reservation; what is absent stays.
 *
 * @param instanceCount not fewer than are used
 * @param targeted of one that is not used
 * @param endDate empty for never
 */
public record CapacityReservationPatch(
        @Nullable Integer instanceCount,
        @Nullable Boolean targeted,
        @Nullable String endDate) {}
