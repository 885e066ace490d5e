package io.croft.controller.placement;

import io.croft.controller.fleet.HostView;
import java.util.Optional;

/** What an instance's disks need of a host's storage, besides so many bytes of all that it has; pure. */
@FunctionalInterface
public interface StorageNeed {
    /** Whatever the host offers will do. */
    StorageNeed ANY = _ -> Optional.empty();

    /** Why the host cannot keep them; empty when it can. */
    Optional<String> refusal(HostView host);
}
