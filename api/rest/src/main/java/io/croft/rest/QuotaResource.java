package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * How much of one kind an account may have.
 *
 * @param quota the kind, such as {@code vcpus}
 * @param set whether the operator has set the limit; otherwise it is the standard one
 * @param used how much it has; null for what is counted in each group by itself
 */
public record QuotaResource(
        String quota, long limit, boolean set, @Nullable Long used) {}
