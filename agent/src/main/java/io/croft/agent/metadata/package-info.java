/**
 * The link-local services of each VPC: instance metadata on 169.254.169.254, answered from the ledger alone, so it works while the controller is away, and the host's time on
 * 169.254.169.123. Listening twice is listening once; what a killed agent leaves is nothing, since sockets end with it.
 */
@NullMarked
package io.croft.agent.metadata;

import org.jspecify.annotations.NullMarked;
