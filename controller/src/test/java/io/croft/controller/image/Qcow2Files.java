package io.croft.controller.image;

import java.nio.ByteBuffer;

/** Small qcow2 files. */
public final class Qcow2Files {
    private static final int CLUSTER_BITS = 16;
    private static final long CLUSTER = 1L << CLUSTER_BITS;

    private Qcow2Files() {}

    /** A whole file of version 3 without data: header, refcount table, L1 table. */
    public static byte[] file(long virtualBytes) {
        var entries = (int) Math.ceilDiv(virtualBytes, CLUSTER / Long.BYTES * CLUSTER);
        return ByteBuffer.allocate((int) (2 * CLUSTER) + entries * Long.BYTES)
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, CLUSTER_BITS)
                .putLong(24, virtualBytes)
                .putInt(36, entries)
                .putLong(40, 2 * CLUSTER)
                .putLong(48, CLUSTER)
                .putInt(56, 1)
                .putInt(96, 4)
                .putInt(100, 104)
                .array();
    }
}
