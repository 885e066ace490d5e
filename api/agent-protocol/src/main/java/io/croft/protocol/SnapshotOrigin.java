package io.croft.protocol;

/**
 * A snapshot of which a host is to make a volume. Its blocks are listed in {@link SnapshotPage}s and named as {@link SnapshotNaming} says, by which the host proves each that comes.
 *
 * @param sizeBytes of the volume that it was taken of
 * @param blocks how many of its blocks are not zeros
 * @param key in base64; kept in the host's memory alone
 */
public record SnapshotOrigin(long sizeBytes, int blocks, String key) {
    /** Without the key. */
    @Override
    public String toString() {
        return "SnapshotOrigin[sizeBytes=" + sizeBytes + ", blocks=" + blocks + "]";
    }
}
