package io.croft.rest.tenant.network.internetgateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An internet gateway.
 *
 * @param vpcId the VPC that it is attached to; null for none
 */
public record InternetGateway(
        String internetGatewayId, @Nullable String vpcId, Map<String, String> tags) {}
