/**
 * The hosts: how they come in, whether they are heard of, what they have and what of it is promised.
 *
 * <p>Owns the tables {@code enrollment_token}, {@code host}, {@code host_certificate}, {@code host_capacity} and {@code host_claim}, and {@code ca/} in the state directory.
 * A host's state changes only by guarded updates from {@code HostTransitions}; a claim is one statement that checks the capacity again, kept under
 * its holder's id, so that claiming and releasing twice is safe. When a host was last heard of is soft state: after a restart of the
 * controller every host has its full time to report. A host that {@code recovery} awaits is taken for cordoned.
 * What is free since a host was proved dead is decided under its row's lock, see {@code Fences}.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
