/**
 * From desired and observed to actions: a pure planner, and an executor with one lane per resource.
 *
 * <p>A plan is made afresh from what is there, so the happy path and recovery are one path. Actions are idempotent; one failure backs off its own resource and never stops the others.
 */
@NullMarked
package io.croft.agent.reconcile;

import org.jspecify.annotations.NullMarked;
