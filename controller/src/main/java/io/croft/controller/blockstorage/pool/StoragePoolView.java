package io.croft.controller.blockstorage.pool;

import io.croft.protocol.HostFacts.StoragePool;
import io.croft.types.HostId;
import org.jspecify.annotations.Nullable;

/**
 * A host's pool as the operator sees it.
 *
 * @param promisableBytes what may be promised of it: its bytes times the over-commit
 * @param drained why it takes nothing new; null when it may
 */
public record StoragePoolView(
        HostId host,
        String hostName,
        String zone,
        StoragePool pool,
        long promisableBytes,
        State state,
        @Nullable String drained) {
    /** Whether it takes volumes. */
    public enum State {
        OPEN,
        /** It takes volumes yet; somebody is to look. */
        FILLING,
        FULL,
        DRAINED
    }
}
