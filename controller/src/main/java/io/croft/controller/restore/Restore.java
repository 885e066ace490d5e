package io.croft.controller.restore;

import java.util.List;

/** The use cases of a restore, for the operator. */
public interface Restore {
    RestoreStatus status();

    /** Compares the database that runs now with its hosts: nothing is changed until {@link #apply}. */
    RestoreStatus begin(String reason);

    /** What {@link #apply} would do now, every line. */
    List<RestoreLine> plan();

    /**
     * Merges what the awaited hosts have told, in one transaction under a new era, and serves again. What is left of silent hosts stays as it is until they have spoken and this
     * is called again.
     *
     * @param withoutSilent whether to go on although hosts have not told what they have
     * @return what was done
     * @throws io.croft.controller.context.CloudException IncorrectState when there is nothing to merge; Unavailable when a host has not told what it has yet
     */
    List<RestoreLine> apply(boolean withoutSilent);

    /**
     * Decides about something frozen; the next {@link #apply} does it. Its hosts are asked for their ledgers again.
     *
     * @param id an instance or a volume that is frozen or awaited
     * @throws io.croft.controller.context.CloudException NotFound
     */
    RestoreStatus decide(String id, Choice choice);
}
