/** The operator's endpoints for accounts, users, access keys, tokens and sessions. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"context", "identity", "restedge"})
@NullMarked
package io.croft.controller.adminapi.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
