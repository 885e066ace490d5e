/**
 * The kinds of documents: one class each, with its actions, registered in {@link io.croft.agent.reconcile.kinds.HostKinds}, which also says the whole order.
 *
 * <p>A kind is given those that its resources stand on, and names no other of them. What is planned and told follows from what is wanted and known alone, so it is the same whenever it is asked; what
 * acts on the host is in the actions, each the same if done twice, and what an action cut in half has left, the next observation shows.
 */
@NullMarked
package io.croft.agent.reconcile.kinds;

import org.jspecify.annotations.NullMarked;
