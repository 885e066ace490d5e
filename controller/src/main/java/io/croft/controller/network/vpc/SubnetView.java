package io.croft.controller.network.vpc;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.Map;

/**
 * A subnet as its owner sees it; it is available from the moment it exists.
 *
 * @param availableAddresses private addresses that are free, without the five reserved ones
 * @param defaultForZone whether a launch that names only the zone lands here
 * @param mapPublicAddress whether an instance gets a public address unless it says otherwise
 */
public record SubnetView(
        SubnetId id,
        VpcId vpc,
        AccountId owner,
        Cidr cidr,
        String zone,
        int availableAddresses,
        boolean defaultForZone,
        boolean mapPublicAddress,
        Map<String, String> tags) {}
