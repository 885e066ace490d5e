/** The operator's endpoints for the checks of the controller and its hosts. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"context", "doctor"})
@NullMarked
package io.croft.controller.adminapi.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
