/**
 * What happened to each resource, with durations: owns the append-only table {@code history}.
 *
 * <p>An entry is written in the transaction that makes the change, so a change without its entry, or an entry without its change, cannot be.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
