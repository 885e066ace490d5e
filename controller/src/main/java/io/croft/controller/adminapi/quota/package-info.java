/** The operator's endpoints for quotas. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"context", "quota"})
@NullMarked
package io.croft.controller.adminapi.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
