/** The storage contract in memory, with faults to switch on and a capacity to exhaust. */
@NullMarked
package io.croft.agent.storage.sim;

import org.jspecify.annotations.NullMarked;
