/**
 * Faults that a test switches on in a simulated driver: a call fails before or after its effect, or hangs until it is let go.
 *
 * <p>Used by the {@code .sim} drivers alone; a host with real drivers has none.
 */
@NullMarked
package io.croft.agent.faults;

import org.jspecify.annotations.NullMarked;
