package io.croft.rest.tenant.compute.instance;

import org.jspecify.annotations.Nullable;

/**
 * Whether an instance and the host under it work.
 *
 * @param state EC2's name of the instance's state
 * @param instanceCheck {@code ok}, {@code impaired}, {@code initializing}, {@code insufficient-data} or {@code not-applicable}
 * @param systemCheck the same of the host
 * @param impairedSince when a check began to fail; null when none does
 * @param reason why a check fails, in a sentence; null when none does
 */
public record InstanceStatus(
        String instanceId,
        String state,
        String instanceCheck,
        String systemCheck,
        @Nullable String impairedSince,
        @Nullable String reason) {}
