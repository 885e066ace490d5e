package io.croft.controller.identity;

import io.croft.types.AccountId;
import java.time.Instant;

/** An access key without its secret. */
public record AccessKeySummary(String id, AccountId account, boolean active, Instant created) {}
