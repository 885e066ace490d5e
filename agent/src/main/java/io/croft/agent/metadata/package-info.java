/**
 * The instance metadata service on 169.254.169.254 of each VPC, answered from the ledger alone, so it works while the controller is away.
 */
@NullMarked
package io.croft.agent.metadata;

import org.jspecify.annotations.NullMarked;
