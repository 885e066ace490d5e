/** The operator's endpoints for the audit trail. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"audit", "restedge", "context"})
@NullMarked
package io.croft.controller.adminapi.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
