package io.croft.controller.network;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.VpcId;
import java.util.Map;

/** A VPC as its owner sees it; it is available from the moment it exists. */
public record VpcView(VpcId id, AccountId owner, Cidr cidr, boolean isDefault, Map<String, String> tags) {}
