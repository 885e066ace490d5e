package io.croft.protocol;

/**
 * All that a snapshot has, in one digest: by it the controller sees that what it is about to seal is what the host has read.
 *
 * @param digest the SHA-256 of index (four bytes) and name (32) of each block that is not zeros, in the order of their indexes, in hex
 */
public record SnapshotContent(String digest) {}
