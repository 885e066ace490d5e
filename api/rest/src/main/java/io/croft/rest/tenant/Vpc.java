package io.croft.rest.tenant;

import java.util.Map;

/** A VPC. */
public record Vpc(String vpcId, String cidr, boolean isDefault, Map<String, String> tags) {}
