/**
 * Who asked for what, from where, and how it ended: owns the append-only table {@code audit}.
 *
 * <p>An entry has a transaction of its own, so that a refused or failed request leaves one too; written twice, it is there twice, under the
 * same request id.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
