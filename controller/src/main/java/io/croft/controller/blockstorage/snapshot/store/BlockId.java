package io.croft.controller.blockstorage.snapshot.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Names a block within its lineage: 256 bits, in four parts, since millions of them are in memory at once. */
record BlockId(long first, long second, long third, long fourth) {
    static final int BYTES = 32;

    static BlockId read(ByteBuffer bytes) {
        return new BlockId(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** The one that is written so in hex. */
    static BlockId of(String hex) {
        return read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    void write(ByteBuffer bytes) {
        bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
    }

    @Override
    public String toString() {
        var bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return HexFormat.of().formatHex(bytes.array());
    }
}
