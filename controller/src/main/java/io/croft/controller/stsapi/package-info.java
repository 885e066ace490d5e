/**
 * The Security Token Service's API: who am I, and temporary keys for me.
 *
 * <p>Owns no state.
 */
@ApplicationModule(allowedDependencies = {"awsedge", "awsedge :: query", "context", "identity"})
@NullMarked
package io.croft.controller.stsapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
