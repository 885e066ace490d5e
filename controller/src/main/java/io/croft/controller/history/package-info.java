/**
 * What happened to each resource, with durations, and where the time went: owns the append-only tables {@code history} and {@code history_course}.
 *
 * <p>An entry of the first is written in the transaction that makes the change, so a change without its entry, or an entry without its change, cannot be.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
