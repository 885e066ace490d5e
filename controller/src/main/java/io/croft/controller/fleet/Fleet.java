package io.croft.controller.fleet;

import io.croft.types.HostId;
import java.time.Instant;
import java.util.Optional;

/** The hosts of the deployment. */
public interface Fleet {
    Optional<HostView> find(HostId id);

    /** All hosts, read in one statement. */
    FleetSnapshot snapshot();

    /**
     * Lets the host take no new instances and start none that are stopped; what runs there goes on. Said again, the new reason stands.
     *
     * @param reason for the operator and for placement's refusals, 1 to 255 characters
     * @throws io.croft.controller.context.CloudException NotFound, InvalidParameterValue
     */
    HostView cordon(HostId id, String reason);

    /**
     * Lets the host take instances again; does nothing when it may.
     *
     * @throws io.croft.controller.context.CloudException NotFound
     */
    HostView uncordon(HostId id);

    /** When the newest certificate that the host can use ends; empty when it has none. */
    Optional<Instant> certificateEnds(HostId id);
}
