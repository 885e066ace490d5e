package io.croft.rest.tenant.network.elasticip;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An elastic address to be had.
 *
 * @param address null for any that is free
 */
public record NewElasticIp(
        @Nullable String address, @Nullable Map<String, String> tags) {}
