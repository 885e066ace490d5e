package io.croft.rest.tenant.network.networkacl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network ACL to be made; it lets nothing pass. */
public record NewNetworkAcl(String vpcId, @Nullable Map<String, String> tags) {}
