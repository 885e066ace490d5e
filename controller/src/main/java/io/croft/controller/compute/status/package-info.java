/**
 * Whether instances and their hosts work: the status checks as they are listed, and the counts of instances for the metrics.
 *
 * <p>Owns nothing: all of it is read from what instances and the fleet keep.
 */
@ApplicationModule(allowedDependencies = {"compute.instance", "context", "fleet"})
@NullMarked
package io.croft.controller.compute.status;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
