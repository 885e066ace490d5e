package io.croft.rest.tenant.network.elasticip;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An elastic address: one of the public pool that is the account's until it is released.
 *
 * @param address the address
 * @param networkInterfaceId the interface whose public address it is to be; null for none
 * @param instanceId the instance that has that; null for none
 */
public record ElasticIp(
        String elasticIpId,
        String address,
        @Nullable String networkInterfaceId,
        @Nullable String instanceId,
        Map<String, String> tags) {}
