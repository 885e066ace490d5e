package io.croft.rest.tenant.network.internetgateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An internet gateway to be made. */
public record NewInternetGateway(@Nullable Map<String, String> tags) {}
