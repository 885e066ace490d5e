package io.croft.controller.network.vpc;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.VpcId;
import java.util.Map;

/**
 * A VPC as its owner sees it; it is available from the moment it exists.
 *
 * @param dnsSupport whether its resolver answers
 * @param dnsHostnames whether its public addresses have names, as long as its resolver answers
 */
public record VpcView(
        VpcId id,
        AccountId owner,
        Cidr cidr,
        boolean isDefault,
        boolean dnsSupport,
        boolean dnsHostnames,
        Map<String, String> tags) {
    /** Whether the use of its addresses is measured: nothing measures it. */
    public boolean addressUsageMetrics() {
        return false;
    }
}
