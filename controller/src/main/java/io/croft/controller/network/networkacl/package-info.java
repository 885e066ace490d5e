/**
 * Network ACLs: as yet each VPC's default one, which lets everything pass and cannot be changed.
 *
 * <p>Owns the table {@code network_acl}. A row comes and goes in the transaction that makes or deletes its VPC.
 */
@ApplicationModule(allowedDependencies = {"context", "network.vpc", "tags"})
@NullMarked
package io.croft.controller.network.networkacl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
