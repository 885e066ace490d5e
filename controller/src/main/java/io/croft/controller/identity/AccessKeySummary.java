package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.time.Instant;

/**
 * An access key without its secret.
 *
 * @param user the name of the user who holds it
 * @param role what requests signed with it may do: its user's role
 */
public record AccessKeySummary(String id, AccountId account, String user, Role role, boolean active, Instant created) {}
