package io.croft.controller.audit;

import io.croft.controller.context.Caller;
import io.croft.types.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and its end.
 *
 * @param at when it ended
 * @param account whose; null when nobody was proved
 * @param principal who, in words; what the client claimed to be when nothing was proved
 * @param action what was asked for, such as {@code ec2:RunInstances}
 * @param resource the id that it was about; empty when none or several
 * @param sourceAddress from where
 * @param requestId the id in the answer and the log
 * @param outcome {@code Success}, or the error's name as the client saw it
 */
public record AuditEntry(
        Instant at,
        @Nullable AccountId account,
        String principal,
        String action,
        String resource,
        String sourceAddress,
        String requestId,
        String outcome) {
    public static final String SUCCESS = "Success";

    /** What a proved caller did. */
    public static AuditEntry of(Caller caller, Instant at, String action, String resource, String outcome) {
        return new AuditEntry(
                at,
                caller.account(),
                caller.principal(),
                action,
                resource,
                caller.sourceAddress(),
                caller.requestId(),
                outcome);
    }
}
