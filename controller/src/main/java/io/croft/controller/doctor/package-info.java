/**
 * Says what is wrong with a host or with the controller, and what to do about it: a host's findings come from what the fleet and the agents' server know of it, the
 * controller's from the {@code SelfCheck} of each module.
 *
 * <p>Owns nothing and changes nothing.
 */
@ApplicationModule(allowedDependencies = {"context", "fleet", "hostlink"})
@NullMarked
package io.croft.controller.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
