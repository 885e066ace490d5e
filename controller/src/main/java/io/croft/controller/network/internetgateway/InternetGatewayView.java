package io.croft.controller.network.internetgateway;

import io.croft.types.AccountId;
import io.croft.types.InternetGatewayId;
import io.croft.types.VpcId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An internet gateway as its owner sees it.
 *
 * @param vpc the VPC that it is attached to; null for none
 */
public record InternetGatewayView(
        InternetGatewayId id, AccountId owner, @Nullable VpcId vpc, Map<String, String> tags) {}
