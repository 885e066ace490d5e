package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * A request and its end, out of the audit trail.
 *
 * @param account whose; null when nobody was proved
 * @param principal who, in words; what the client claimed to be when nothing was proved
 * @param action such as {@code ec2:RunInstances}
 * @param resource the id that it was about; empty when none or several
 * @param outcome {@code Success}, or the error's name as the client saw it
 */
public record AuditEvent(
        String at,
        @Nullable String account,
        String principal,
        String action,
        String resource,
        String sourceAddress,
        String requestId,
        String outcome) {}
