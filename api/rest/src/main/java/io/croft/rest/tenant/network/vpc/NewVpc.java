package io.croft.rest.tenant.network.vpc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VPC to be made.
 *
 * @param cidr its block of addresses, /16 to /28
 */
public record NewVpc(String cidr, @Nullable Map<String, String> tags) {}
