/**
 * VPCs across hosts: what each host is told of the interfaces that its VPCs have on others.
 *
 * <p>Owns the table {@code vpc_peers}. A launch writes nothing here: once it is committed, a loop compares what each host should know of the VPC with what it was told, and tells those that
 * differ, one transaction a host. So no launch locks anything of a host that it is not on, many at once are told together, and what was cut in half the next run finds. Only hosts are told, and told of,
 * that take documents of this kind and have an underlay.
 */
@ApplicationModule(allowedDependencies = {"context", "fleet", "hostlink", "network.eni", "recovery"})
@NullMarked
package io.croft.controller.network.overlay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
