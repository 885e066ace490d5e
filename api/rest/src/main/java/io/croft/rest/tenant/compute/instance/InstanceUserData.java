package io.croft.rest.tenant.compute.instance;

import org.jspecify.annotations.Nullable;

/**
 * What an instance was given to read at its start.
 *
 * @param userData base64; null without any
 */
public record InstanceUserData(String instanceId, @Nullable String userData) {}
