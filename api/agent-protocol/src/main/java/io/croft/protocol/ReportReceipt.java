package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report.
 *
 * @param settled documents the controller no longer knows because the host proved them gone, and operations whose result it has; the agent forgets them
 * @param ledgerWanted whether the controller was restored and asks for the agent's {@link LedgerReport}; null when it does not
 */
public record ReportReceipt(
        List<DocumentKey> settled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean ledgerWanted) {
    public ReportReceipt {
        settled = List.copyOf(settled);
    }

    /** Of a controller that acts on its database. */
    public static ReportReceipt of(List<DocumentKey> settled) {
        return new ReportReceipt(settled, null);
    }

    /** Of one that does not: it settles nothing. */
    public static ReportReceipt wantingLedger() {
        return new ReportReceipt(List.of(), true);
    }

    /** Whether the agent is to send its ledger. */
    public boolean wantsLedger() {
        return Boolean.TRUE.equals(ledgerWanted);
    }
}
