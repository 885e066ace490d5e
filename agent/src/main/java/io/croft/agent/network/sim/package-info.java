/** The VPCs' network in memory, for tests of everything above the drivers. Lives as long as the simulated host, not as the agent. */
@NullMarked
package io.croft.agent.network.sim;

import org.jspecify.annotations.NullMarked;
