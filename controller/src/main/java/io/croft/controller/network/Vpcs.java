package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;

/** The account's VPCs. */
public interface Vpcs {
    /**
     * Lists VPCs. Filters: {@code cidr}, {@code cidr-block-association.cidr-block}, {@code dhcp-options-id}, {@code isDefault}, {@code is-default},
     * {@code owner-id}, {@code state}, {@code vpc-id} and the tags'.
     */
    Page<VpcView> describe(Caller caller, Query query);
}
