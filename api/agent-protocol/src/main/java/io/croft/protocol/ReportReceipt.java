package io.croft.protocol;

import java.util.List;

/**
 * The answer to a report.
 *
 * @param settled documents the controller no longer knows because the host proved them gone, and operations whose result it has; the agent forgets them
 */
public record ReportReceipt(List<DocumentKey> settled) {
    public ReportReceipt {
        settled = List.copyOf(settled);
    }
}
