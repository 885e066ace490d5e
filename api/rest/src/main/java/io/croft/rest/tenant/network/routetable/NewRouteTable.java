package io.croft.rest.tenant.network.routetable;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route table to be made. */
public record NewRouteTable(String vpcId, @Nullable Map<String, String> tags) {}
