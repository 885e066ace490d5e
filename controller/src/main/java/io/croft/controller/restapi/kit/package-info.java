/** What the tenants' routes share: pages, answers to what makes something, and reading of values. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "restedge"})
@NullMarked
package io.croft.controller.restapi.kit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
