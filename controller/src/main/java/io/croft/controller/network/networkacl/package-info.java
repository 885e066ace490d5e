/**
 * Network ACLs: which packets cross the borders of subnets, each judged by itself.
 *
 * <p>Owns the tables {@code network_acl}, {@code network_acl_entry} and {@code network_acl_association}. A change is one transaction under the VPC's row, with what its hosts are told; one that a host could
 * not keep is refused in it.
 */
@ApplicationModule(
        allowedDependencies = {"context", "network.onhost", "network.securitygroup", "network.vpc", "quota", "tags"})
@NullMarked
package io.croft.controller.network.networkacl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
