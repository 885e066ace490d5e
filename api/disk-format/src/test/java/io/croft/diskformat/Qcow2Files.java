package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Small qcow2 files. */
final class Qcow2Files {
    static final int CLUSTER = 4096;
    static final int REFCOUNT_TABLE = CLUSTER;
    static final int REFCOUNT_BLOCK = 2 * CLUSTER;
    static final int L1 = 3 * CLUSTER;
    static final int L2 = 4 * CLUSTER;
    static final int DATA = 5 * CLUSTER;
    private static final int CLUSTER_BITS = 12;
    private static final int L2_COVERS = CLUSTER / Long.BYTES * CLUSTER;

    private Qcow2Files() {}

    /** A header of version 3 that nothing speaks against, with its end of extensions, in one small piece. */
    static ByteBuffer header(long virtualBytes) {
        return filled(ByteBuffer.allocate(512), virtualBytes);
    }

    /** A whole file: one L2 table, and one cluster of data at the beginning of the disk. */
    static ByteBuffer file(long virtualBytes) {
        return filled(ByteBuffer.allocate(6 * CLUSTER), virtualBytes)
                .putInt(36, (int) Math.ceilDiv(virtualBytes, L2_COVERS))
                .putLong(40, L1)
                .putLong(48, REFCOUNT_TABLE)
                .putInt(56, 1)
                .putLong(REFCOUNT_TABLE, REFCOUNT_BLOCK)
                .putLong(L1, L2 | 1L << 63)
                .putLong(L2, DATA | 1L << 63);
    }

    private static ByteBuffer filled(ByteBuffer bytes, long virtualBytes) {
        return bytes.order(ByteOrder.BIG_ENDIAN)
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, CLUSTER_BITS)
                .putLong(24, virtualBytes)
                .putInt(96, 4)
                .putInt(100, 104);
    }
}
