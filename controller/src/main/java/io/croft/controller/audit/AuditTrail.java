package io.croft.controller.audit;

import io.croft.controller.context.Page;

/** The audit trail. The edges write it, once for each request that changes something or is refused. */
public interface AuditTrail {
    /** Writes an entry, in a transaction of its own. */
    void append(AuditEntry entry);

    /**
     * The entries that a query asks for, newest first.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue for a size out of range, InvalidPaginationToken
     */
    Page<AuditEntry> find(AuditQuery query);
}
