package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * A volume, as the operator sees it.
 *
 * @param host the name of the host that keeps it; null before it is first attached
 * @param movingTo the name of the host that it is on its way to; null unless it is
 * @param movePercent how much of the way is done; null unless it is on its way
 * @param moveFailure what keeps that host from making it; null for nothing
 * @param instanceId the instance that has it; null for none
 * @param device its place there
 */
public record VolumeResource(
        String volumeId,
        String account,
        int sizeGib,
        String type,
        String state,
        String zone,
        @Nullable String host,
        @Nullable String movingTo,
        @Nullable Integer movePercent,
        @Nullable String moveFailure,
        @Nullable String instanceId,
        @Nullable String device,
        String created) {}
