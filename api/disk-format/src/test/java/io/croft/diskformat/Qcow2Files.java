package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The beginnings of qcow2 files. */
final class Qcow2Files {
    private static final int CLUSTER_BITS = 16;

    private Qcow2Files() {}

    /** A header of version 3 that nothing speaks against, with its end of extensions, in one small piece. */
    static ByteBuffer header(long virtualBytes) {
        return ByteBuffer.allocate(512)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, CLUSTER_BITS)
                .putLong(24, virtualBytes)
                .putInt(96, 4)
                .putInt(100, 104);
    }
}
