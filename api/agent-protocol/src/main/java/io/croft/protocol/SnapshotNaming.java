package io.croft.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How the blocks of a snapshot are named: each by the HMAC-SHA-256 of its bytes under {@code key}, which is its lineage's. It is told to the host that sends the snapshot, which has the bytes, and kept in its memory alone.
 *
 * @param key in base64; null when the controller has all of it
 */
public record SnapshotNaming(@Nullable String key) {
    /** Without the key. */
    @Override
    public String toString() {
        return "SnapshotNaming[]";
    }
}
