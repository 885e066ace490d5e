package io.croft.controller.fleet;

import io.croft.types.HostId;
import io.croft.types.ResourceId;
import java.util.List;

/**
 * What is promised of each host. Both calls belong into the caller's transaction and lock the host's capacity until it ends: a transaction
 * that claims of several hosts claims in the order of their ids.
 */
public interface Capacity {
    /**
     * Takes all of the claims or none, in one statement that checks the host again.
     *
     * @return whether they were taken; false when the host is not {@code READY}, is cordoned or has too little left, which is a lost race
     * @throws org.springframework.dao.DuplicateKeyException when a holder already has a claim on the host
     */
    boolean claim(HostId host, List<Claim> claims);

    /** Makes these all that is claimed of the host, whether it has so much or not: they are there. */
    void replace(HostId host, List<Claim> claims);

    /** Gives back what {@code holder} has claimed of the host; does nothing when it has nothing. */
    void release(HostId host, ResourceId holder);
}
