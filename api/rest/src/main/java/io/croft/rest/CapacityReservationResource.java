package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * An active capacity reservation, as the operator sees it.
 *
 * @param instanceCount for how many instances
 * @param availableCount how many more can be launched into it now; with {@code usedCount} fewer than {@code instanceCount} while a host is lost or drained and the others are full
 * @param usedCount how many are in it
 * @param endDate when it ends by itself; null for never
 */
public record CapacityReservationResource(
        String capacityReservationId,
        String account,
        String instanceType,
        String zone,
        int instanceCount,
        int availableCount,
        int usedCount,
        @Nullable String endDate) {}
