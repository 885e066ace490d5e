package io.croft.controller.history;

import io.croft.types.AccountId;
import java.util.List;

/** What happened to each resource; read by {@code croft ... why}. */
public interface History {
    /** The event of a launch or start that no host could take; its detail has each host's reason. */
    String PLACEMENT_REFUSED = "placement refused";

    /** Notes happenings, all at the present instant, in the caller's transaction. */
    void record(List<Happening> happenings);

    /** A resource's entries, oldest first, at most 1000; empty for a resource that the account has never had. */
    List<HistoryEntry> of(AccountId account, String resourceId);

    /** The newest refusals of placement over all accounts, newest first, at most {@code limit}. For the operator. */
    List<Occurrence> refusals(int limit);
}
