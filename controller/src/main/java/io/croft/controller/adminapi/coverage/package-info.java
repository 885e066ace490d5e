/** The operator's endpoints for what is served of EC2. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = "awsedge")
@NullMarked
package io.croft.controller.adminapi.coverage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
