/** The operator's endpoints for every account's instances. Owns nothing: see {@code adminapi}. */
@ApplicationModule(
        allowedDependencies = {"compute.instance", "compute.operation", "context", "fleet", "identity", "network.eni"})
@NullMarked
package io.croft.controller.adminapi.compute.instance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
