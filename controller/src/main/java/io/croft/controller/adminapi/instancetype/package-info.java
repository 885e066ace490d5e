/** The operator's endpoints for the catalogue of instance types. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"context", "instancetype"})
@NullMarked
package io.croft.controller.adminapi.instancetype;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
