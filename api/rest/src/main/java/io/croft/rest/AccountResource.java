package io.croft.rest;

import java.util.List;

/**
 * A tenant.
 *
 * @param id twelve digits
 * @param enabled whether its keys and tokens are taken; its instances run on either way
 * @param state {@code active}, {@code deleting} or {@code deleted}
 * @param since when it came into its state
 * @param waitsFor what is left of one that is being deleted; empty for others
 */
public record AccountResource(
        String id,
        String name,
        String created,
        boolean enabled,
        String state,
        String since,
        List<AccountHoldingResource> waitsFor) {
    public AccountResource {
        waitsFor = List.copyOf(waitsFor);
    }
}
