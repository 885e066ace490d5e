package io.croft.controller.audit;

import io.croft.types.AccountId;
import java.util.List;

/** The audit trail. The edges write it, once for each request that changes something or is refused. */
public interface AuditTrail {
    /** Writes an entry, in a transaction of its own. */
    void append(AuditEntry entry);

    /** The newest entries of an account, newest first, at most {@code limit}. */
    List<AuditEntry> newest(AccountId account, int limit);
}
