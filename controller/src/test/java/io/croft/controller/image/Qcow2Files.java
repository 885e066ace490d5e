package io.croft.controller.image;

import java.nio.ByteBuffer;

/** Small qcow2 files. */
public final class Qcow2Files {
    private static final int CLUSTER_BITS = 16;
    private static final long CLUSTER = 1L << CLUSTER_BITS;

    private Qcow2Files() {}

    /** A whole file of version 3 without data: header, refcount table, refcount block, L1 table. */
    public static byte[] file(long virtualBytes) {
        var entries = (int) Math.ceilDiv(virtualBytes, CLUSTER / Long.BYTES * CLUSTER);
        var clusters = 3 + (int) Math.ceilDiv((long) entries * Long.BYTES, CLUSTER);
        var file = ByteBuffer.allocate((int) (clusters * CLUSTER))
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, CLUSTER_BITS)
                .putLong(24, virtualBytes)
                .putInt(36, entries)
                .putLong(40, 3 * CLUSTER)
                .putLong(48, CLUSTER)
                .putInt(56, 1)
                .putInt(96, 4)
                .putInt(100, 104)
                .putLong((int) CLUSTER, 2 * CLUSTER)
                .position((int) (2 * CLUSTER));
        for (var cluster = 0; cluster < clusters; cluster++) {
            file.putShort((short) 1);
        }
        return file.array();
    }
}
