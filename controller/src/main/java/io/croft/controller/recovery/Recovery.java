package io.croft.controller.recovery;

import io.croft.types.Era;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.List;

/** Whether the controller may act on its database, and for which hosts and resources. */
public interface Recovery {
    /**
     * Stops acting on the database until the ledgers of all hosts that it knows have been merged. In the caller's transaction where there is one, so that whoever
     * replaces the tables does both or neither; begun again, all hosts are asked again.
     *
     * @param reason one sentence for the operator
     */
    void begin(String reason);

    ControllerEra state();

    /** The state, which nobody else changes until the caller's transaction ends. */
    ControllerEra lock();

    /** Tells hosts nothing more, and asks for their ledgers, until these are merged. */
    void await(Collection<HostId> hosts);

    /** Whether the host's ledger has not been merged since the last restore began: it is told nothing, and what it says changes nothing. */
    boolean awaits(HostId host);

    /**
     * A host has more than the database ever told it, or has never heard of what the database says it was told: the database went back. Reconciles from now on; a host that is awaited already
     * says nothing new by it.
     *
     * @param revision what the host has
     * @param told what it was told, as far as the database knows
     */
    void wentBack(HostId host, long revision, long told);

    /**
     * Keeps what an awaited host has stored and sees; what was kept before goes.
     *
     * @param ledger JSON
     */
    void keepLedger(HostId host, String ledger);

    /** The hosts that are awaited, with what they have told so far. */
    List<AwaitedHost> awaited();

    /** Ends the wait for a host, in the transaction that merges its ledger. */
    void merged(HostId host);

    /** Goes on in this era, in the transaction that has merged what was told. */
    void serve(Era era);

    List<Frozen> frozen();

    void freeze(List<Frozen> resources);

    /** Lets go of all that one decision is about. */
    void thaw(String decision);

    /**
     * Does nothing when the controller may change these resources and what it wants of them on these hosts.
     *
     * @param hosts where they are
     * @param ids instances, interfaces and volumes
     * @throws io.croft.controller.context.CloudException Unavailable while it reconciles or awaits one of the hosts; IncorrectState when one of the resources is frozen
     */
    void requireFree(Collection<HostId> hosts, Collection<String> ids);
}
