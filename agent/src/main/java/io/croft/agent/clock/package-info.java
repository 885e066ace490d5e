/**
 * The host's clock as its kernel sees it: whether a time service keeps it, and how wrong it may be. Only read, never set.
 */
@NullMarked
package io.croft.agent.clock;

import org.jspecify.annotations.NullMarked;
