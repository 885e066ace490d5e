/**
 * The ground that the controller's tests stand on: one PostgreSQL server per test process, an empty database and an empty state directory per
 * Spring context.
 *
 * <p>Owns what it starts: the server ends with the process, databases on a server of somebody else's are dropped, directories removed.
 */
@NullMarked
package io.croft.testing;

import org.jspecify.annotations.NullMarked;
