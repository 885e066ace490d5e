package io.croft.controller.identity;

import io.croft.types.AccountId;

/** Published inside the transaction that makes an account, so that what every account starts with is made in the same one by plain event listeners. */
public record AccountCreated(AccountId account) {}
