package io.croft.controller.recovery;

import io.croft.types.HostId;
import org.jspecify.annotations.Nullable;

/**
 * A host whose ledger has not been merged yet.
 *
 * @param ledger what its agent has stored and sees, as JSON; null until it has told
 */
public record AwaitedHost(HostId host, @Nullable String ledger) {}
