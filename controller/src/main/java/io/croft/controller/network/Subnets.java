package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;

/** The account's subnets. */
public interface Subnets {
    /**
     * Lists subnets. Filters: {@code availability-zone}, {@code availabilityZone}, {@code available-ip-address-count}, {@code cidr}, {@code cidr-block},
     * {@code cidrBlock}, {@code default-for-az}, {@code defaultForAz}, {@code map-public-ip-on-launch}, {@code owner-id}, {@code state}, {@code subnet-id},
     * {@code vpc-id} and the tags'.
     */
    Page<SubnetView> describe(Caller caller, Query query);
}
