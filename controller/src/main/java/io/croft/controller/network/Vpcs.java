package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.VpcId;

/** The account's VPCs. */
public interface Vpcs {
    /**
     * Lists VPCs. Filters: {@code cidr}, {@code cidr-block-association.cidr-block}, {@code dhcp-options-id}, {@code isDefault}, {@code is-default},
     * {@code owner-id}, {@code state}, {@code vpc-id} and the tags'.
     */
    Page<VpcView> describe(Caller caller, Query query);

    /**
     * Lets the VPC's resolver answer, or not. Its hosts are told in the same transaction.
     *
     * @throws CloudException InvalidVpcID.NotFound
     */
    void setDnsSupport(Caller caller, VpcId id, boolean on);

    /**
     * Gives the VPC's public addresses names, or none.
     *
     * @throws CloudException InvalidVpcID.NotFound; InvalidParameterCombination for names where no resolver answers
     */
    void setDnsHostnames(Caller caller, VpcId id, boolean on);
}
