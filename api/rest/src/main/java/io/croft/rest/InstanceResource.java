package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * An instance as the operator sees it.
 *
 * @param state EC2's name of its state
 * @param stateReason why, when something asks for a reason
 * @param host the name of the host that has it; null when none has
 */
public record InstanceResource(
        String instanceId,
        String account,
        String state,
        @Nullable String stateReason,
        String instanceType,
        String imageId,
        String zone,
        @Nullable String host,
        @Nullable String privateAddress,
        @Nullable String publicAddress,
        @Nullable String keyName,
        String launched) {}
