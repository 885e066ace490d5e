/** The tenants' routes to operations, which are read off the states and the history of their instances. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"compute.operation", "context", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.compute.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
