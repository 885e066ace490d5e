package io.croft.controller.identity;

import io.croft.types.AccountId;

/** Published inside the transaction that ends an account, which has nothing on any host by then, so that what every account has goes in the same one by plain event listeners. */
public record AccountDeleted(AccountId account) {}
