package io.croft.controller.restore;

import io.croft.types.HostId;
import java.util.Collection;
import java.util.List;

/** The use cases of a restore, for the operator. */
public interface Restore {
    RestoreStatus status();

    /** Compares the database that runs now with its hosts: nothing is changed until {@link #apply}. */
    RestoreStatus begin(String reason);

    /**
     * What {@link #apply} would do now, every line.
     *
     * @param without hosts that are left out though they have spoken
     * @throws io.croft.controller.context.CloudException NotFound for one that is not awaited
     */
    List<RestoreLine> plan(Collection<HostId> without);

    /**
     * Merges what the awaited hosts have told, in one transaction under a new era, and serves again. What is left of silent hosts stays as it is until they have spoken and this
     * is called again.
     *
     * @param withoutSilent whether to go on although hosts have not told what they have
     * @param without hosts that the operator does not believe: like silent ones they are told nothing, what they say changes nothing, and their shares stay as they are
     * @return what was done
     * @throws io.croft.controller.context.CloudException IncorrectState when there is nothing to merge; Unavailable when a host has not told what it has yet; NotFound when one of those
     *     left out is not awaited
     */
    List<RestoreLine> apply(boolean withoutSilent, Collection<HostId> without);

    /**
     * Decides about something frozen; the next {@link #apply} does it. Its hosts are asked for their ledgers again.
     *
     * @param id an instance or a volume that is frozen or awaited
     * @throws io.croft.controller.context.CloudException NotFound
     */
    RestoreStatus decide(String id, Choice choice);
}
