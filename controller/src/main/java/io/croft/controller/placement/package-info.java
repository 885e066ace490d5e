/**
 * Which host takes an instance: pure filters and scorers over a snapshot of the fleet, with each host's reason when it cannot.
 *
 * <p>Owns no table. The choice is only a proposal; the claim on the host's row is what counts, and its loser takes the next host.
 * What a placement group keeps holds under the lock of the group that its owner takes before it asks for places.
 */
@ApplicationModule(allowedDependencies = {"context", "fleet", "history"})
@NullMarked
package io.croft.controller.placement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
