package io.croft.controller.restedge;

import io.croft.controller.audit.AuditEntry;
import io.croft.controller.context.CloudException;
import io.croft.rest.AuditEvent;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit trail as REST asks for it and shows it. */
public final class AuditForm {
    private AuditForm() {}

    public static AuditEvent write(AuditEntry entry) {
        return new AuditEvent(
                entry.at().toString(),
                Optional.ofNullable(entry.account()).map(AccountId::value).orElse(null),
                entry.principal(),
                entry.action(),
                entry.resource(),
                entry.sourceAddress(),
                entry.requestId(),
                entry.outcome());
    }

    /**
     * Reads a moment, ISO-8601 in UTC.
     *
     * @param name the parameter's, for the error's sentence
     * @return null for null
     * @throws CloudException InvalidParameterValue
     */
    public static @Nullable Instant moment(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    name + " is no moment such as 2026-11-21T08:00:00Z: \"" + text + "\".",
                    "",
                    e);
        }
    }
}
