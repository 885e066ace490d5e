package io.croft.controller.network;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.VpcId;
import java.util.Map;

/** A VPC as its owner sees it; it is available from the moment it exists. */
public record VpcView(VpcId id, AccountId owner, Cidr cidr, boolean isDefault, Map<String, String> tags) {
    /** Whether its name server answers: every VPC's does. */
    public boolean dnsSupport() {
        return true;
    }

    /** Whether public addresses have names: none has. */
    public boolean dnsHostnames() {
        return false;
    }

    /** Whether the use of its addresses is measured: nothing measures it. */
    public boolean addressUsageMetrics() {
        return false;
    }
}
