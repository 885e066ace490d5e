package io.croft.controller.history;

import io.croft.types.AccountId;
import java.util.List;

/** What happened to each resource; read by {@code croft ... why}. */
public interface History {
    /** Notes happenings, all at the present instant, in the caller's transaction. */
    void record(List<Happening> happenings);

    /** A resource's entries, oldest first, at most 1000; empty for a resource that the account has never had. */
    List<HistoryEntry> of(AccountId account, String resourceId);
}
