package io.croft.controller.quota;

import org.jspecify.annotations.Nullable;

/**
 * An account's limit of one kind.
 *
 * @param limit how many it may have
 * @param set whether the operator has set the limit; otherwise it is the standard one
 * @param used how many it has; null for {@link Quota#RULES_PER_SECURITY_GROUP}, which is counted in each group
 */
public record QuotaView(
        Quota quota, long limit, boolean set, @Nullable Long used) {}
