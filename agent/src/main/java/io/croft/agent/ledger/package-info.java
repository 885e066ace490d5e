/**
 * The last desired documents accepted from the controller, the results of operations and the few facts that the host itself cannot tell again, on disk and fsynced, so
 * that the agent works on from them after a restart with the controller away.
 *
 * <p>The ledger is a journal of entries, each a line with its checksum; its state is a pure function of them. Cut at any byte, it opens with the state after the last
 * whole entry, and the controller sends what came later again. Running two agents on one ledger is refused by a lock.
 */
@NullMarked
package io.croft.agent.ledger;

import org.jspecify.annotations.NullMarked;
