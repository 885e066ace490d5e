package io.croft.controller.audit;

import io.croft.types.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the trail are asked for: those that fit everything that is not null. In the texts {@code *} and {@code ?} are wildcards, and a backslash
 * takes their meaning away.
 *
 * @param account whose requests
 * @param refused whether only requests that did not succeed
 * @param from no earlier than this
 * @param before earlier than this
 * @param size entries on a page, 1 to 1000
 * @param nextToken where the last page ended; null for the newest entries
 */
public record AuditQuery(
        @Nullable AccountId account,
        @Nullable String principal,
        @Nullable String action,
        @Nullable String resource,
        @Nullable String outcome,
        boolean refused,
        @Nullable Instant from,
        @Nullable Instant before,
        int size,
        @Nullable String nextToken) {}
