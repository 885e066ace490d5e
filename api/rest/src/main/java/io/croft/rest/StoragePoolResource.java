package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * A host's storage pool.
 *
 * @param host the host's id
 * @param hostName the host's name
 * @param backend its storage driver: {@code file}, {@code lvm}
 * @param state {@code open}, {@code filling} while somebody is to look, {@code full} while nothing is made there, or {@code drained}
 * @param totalBytes bytes in all
 * @param freeBytes bytes not allocated
 * @param promisableBytes bytes that may be promised of it: all of them times the over-commit
 * @param provisionedBytes bytes that what is in it may come to take; null where its host does not tell
 * @param dataPercent how much of its data is taken; null of one that is no pool by itself
 * @param metadataPercent how much of what says where its data is; null of one that has none of its own
 * @param drained why it takes nothing new; null when it may
 */
public record StoragePoolResource(
        String host,
        String hostName,
        String zone,
        String backend,
        String state,
        long totalBytes,
        long freeBytes,
        long promisableBytes,
        @Nullable Long provisionedBytes,
        @Nullable Double dataPercent,
        @Nullable Double metadataPercent,
        @Nullable String drained) {}
