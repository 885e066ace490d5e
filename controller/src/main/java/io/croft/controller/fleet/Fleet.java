package io.croft.controller.fleet;

import io.croft.types.HostId;
import java.util.Optional;

/** The hosts of the deployment. */
public interface Fleet {
    Optional<HostView> find(HostId id);

    /** All hosts, read in one statement. */
    FleetSnapshot snapshot();
}
