/**
 * The tags of every resource type: owns the table {@code tag}, which nobody else writes.
 *
 * <p>A resource's module declares which resources there are ({@link io.croft.controller.context.Noun}), adds tags when it makes one and drops them when
 * the row goes, each in its own transaction, so no tag outlives its resource and a request cut in half leaves none.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.tags;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
