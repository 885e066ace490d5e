/**
 * Instance types: the sizes that instances come in, EC2's own and the operator's, and the zones that offer them.
 *
 * <p>Owns the table {@code instance_type}; EC2's own types are rows that {@code R__instance_types.sql} writes whenever it has changed, so that an upgrade brings new ones; it leaves a type that the operator
 * has defined under such a name as it is. Defining a type again changes nothing more; instances keep the
 * size that they were given.
 */
@ApplicationModule(allowedDependencies = {"context", "identity", "fleet"})
@NullMarked
package io.croft.controller.instancetype;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
