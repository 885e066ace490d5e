/**
 * The last desired documents accepted from the controller and the results of operations, on disk and fsynced, so that the agent works on from them after a restart with the controller away.
 */
@NullMarked
package io.croft.agent.ledger;

import org.jspecify.annotations.NullMarked;
