package io.croft.rest.tenant.network.vpc;

import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a subnet; null for what stays.
 *
 * @param mapPublicAddress whether an instance gets a public address unless it says otherwise
 */
public record SubnetPatch(@Nullable Boolean mapPublicAddress) {}
