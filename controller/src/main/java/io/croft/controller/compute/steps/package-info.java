/**
 * Where the time went of launches and starts: joins what this process saw of a document's way to its host and back with what the host tells of its own share.
 *
 * <p>Owns no table: what it makes of them is kept by the history, and counted in histograms. It looks on only: a launch whose steps are lost is a launch like any other.
 */
@ApplicationModule(allowedDependencies = {"context", "history", "hostlink"})
@NullMarked
package io.croft.controller.compute.steps;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
