/**
 * Says what is wrong with a host and what to do about it, from what the fleet and the agents' server know of it.
 *
 * <p>Owns nothing and changes nothing.
 */
@ApplicationModule(allowedDependencies = {"context", "fleet", "hostlink"})
@NullMarked
package io.croft.controller.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
