/**
 * What every module needs of a request and of the world: the caller, errors, the clock, random ids, paging and filters, state tables.
 *
 * <p>Owns the table {@code client_token}: a claim is part of the transaction whose effect it stands for, so both happen or neither, and once.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.croft.controller.context;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
