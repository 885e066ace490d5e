/** The operator's endpoints for the restore of an old database. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"context", "recovery", "restore"})
@NullMarked
package io.croft.controller.adminapi.restore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
