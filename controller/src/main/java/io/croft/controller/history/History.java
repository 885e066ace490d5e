package io.croft.controller.history;

import io.croft.types.AccountId;
import java.util.List;
import java.util.Set;

/** What happened to each resource; read by {@code croft ... why}. */
public interface History {
    /** The event of a launch or start that no host could take; its detail has each host's reason. */
    String PLACEMENT_REFUSED = "placement refused";

    /** Notes happenings, all at the present instant, in the caller's transaction. */
    void record(List<Happening> happenings);

    /** A resource's entries, oldest first, at most 1000; empty for a resource that the account has never had. */
    List<HistoryEntry> of(AccountId account, String resourceId);

    /**
     * How phases of resources went, in their order. A phase begins with the first entry of its event that is not before its moment, and ends with the next entry of another of the events.
     *
     * @param events those that begin or end phases
     */
    List<Phase> phases(AccountId account, List<PhaseStart> starts, Set<String> events);

    /** The newest refusals of placement over all accounts, newest first, at most {@code limit}. For the operator. */
    List<Occurrence> refusals(int limit);
}
