/**
 * Placement groups: which instances are to be near each other, and which apart.
 *
 * <p>Owns the table {@code placement_group}. Makes and ends one in one transaction, under the lock of its account's name for it; a group that has instances is not ended.
 */
@ApplicationModule(allowedDependencies = {"compute.launchspec", "context", "identity", "placement", "tags"})
@NullMarked
package io.croft.controller.compute.placementgroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
