/** The operator's endpoints for archives. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"adminapi.doctor", "backup", "blobstore", "context"})
@NullMarked
package io.croft.controller.adminapi.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
