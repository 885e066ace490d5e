package io.croft.rest.tenant.network.routetable;

import org.jspecify.annotations.Nullable;

/**
 * Whose table it is to be, in place of another.
 *
 * @param subnetId null for the VPC, whose main table it becomes
 */
public record NewAssociation(@Nullable String subnetId) {}
