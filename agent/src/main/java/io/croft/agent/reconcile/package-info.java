/**
 * From desired and observed to actions: a pure planner, and an executor with one lane per resource.
 *
 * <p>A plan is made afresh from what is there, so the happy path and recovery are one path. Actions are idempotent; one failure backs off its own resource and never stops the others.
 *
 * <p>This is the engine, which names no kind of document: each is a {@link io.croft.agent.reconcile.Kind} in {@code kinds}, beside all others. Its words: a <em>round</em> takes in what happened, plans, begins what
 * can be begun and reports; a <em>pass</em>, now and then, has the whole host observed again; a <em>lane</em> is where the actions on one resource run, one at a time; a <em>crew</em> is those
 * actions that share one limit of how many run at once.
 */
@NullMarked
package io.croft.agent.reconcile;

import org.jspecify.annotations.NullMarked;
