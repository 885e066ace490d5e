package io.croft.controller.identity;

import io.croft.types.AccountId;
import java.time.Instant;

/**
 * A tenant: the owner of resources, and the wall between them.
 *
 * @param enabled whether its keys and tokens are taken; its instances run on either way
 * @param since when it came into its state
 */
public record Account(AccountId id, String name, Instant created, boolean enabled, AccountState state, Instant since) {
    /** The deployment's own account: the operator's requests act in it. It has no default VPC. */
    public static final AccountId DEPLOYMENT = new AccountId("000000000000");
}
