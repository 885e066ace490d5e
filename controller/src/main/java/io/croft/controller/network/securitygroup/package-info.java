/**
 * Security groups and their rules.
 *
 * <p>Owns the tables {@code security_group} and {@code security_group_rule}. A change is one transaction under the group's row, with what its hosts are told.
 */
@ApplicationModule(allowedDependencies = {"context", "network.onhost", "network.vpc", "quota", "tags"})
@NullMarked
package io.croft.controller.network.securitygroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
