/**
 * Launch templates and their versions: launches half said, kept under a name.
 *
 * <p>Owns the tables {@code launch_template} and {@code launch_template_version}. A change is one transaction under the template's lock; a version never changes, and its number is not given twice.
 */
@ApplicationModule(allowedDependencies = {"compute.launchspec", "context", "identity", "tags"})
@NullMarked
package io.croft.controller.compute.launchtemplate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
