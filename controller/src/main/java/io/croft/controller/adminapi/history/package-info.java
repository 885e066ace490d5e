/** The operator's endpoints for the history of any resource. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"context", "history", "identity"})
@NullMarked
package io.croft.controller.adminapi.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
