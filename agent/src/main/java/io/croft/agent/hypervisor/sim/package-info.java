/** The hypervisor contract in memory, with faults to switch on. Its machines outlive the object that talks to them, as real ones outlive an agent. */
@NullMarked
package io.croft.agent.hypervisor.sim;

import org.jspecify.annotations.NullMarked;
