package io.croft.rest.tenant.compute.instance;

import org.jspecify.annotations.Nullable;

/**
 * How an instance's metadata service answers. In a request, what is absent is as by default; in an answer, nothing is absent.
 *
 * @param enabled whether it answers at all; true by default
 * @param tokensRequired whether only IMDSv2 is answered; true by default
 * @param hopLimit IP time to live of the token's answer, 1 to 64; 2 by default
 * @param tagsShown whether the instance's tags show there; false by default
 */
public record MetadataOptions(
        @Nullable Boolean enabled,
        @Nullable Boolean tokensRequired,
        @Nullable Integer hopLimit,
        @Nullable Boolean tagsShown) {}
