/**
 * What every module needs of a request and of the world: the caller, errors, the clock, random ids, paging and filters.
 *
 * <p>Owns no state, so there is nothing to be cut in half.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.croft.controller.context;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
