package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.time.Instant;

/**
 * A bearer token without its text.
 *
 * @param name what it is for, unique in the account
 * @param user the name of the user who holds it
 * @param role what it may do: its user's role
 */
public record TokenSummary(String name, AccountId account, String user, Role role, Instant created) {}
