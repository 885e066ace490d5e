package io.croft.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a snapshot has in a part of it, by the names of its blocks. Of the part's blocks, those that are not listed are zeros. It goes over the line as bytes: {@code from}, {@code to}, and 36 for each block.
 *
 * @param from the index of the first block of the part
 * @param to of the first behind it, at most {@link #LONGEST_PART} further
 * @param blocks at most {@link #MOST}, in the order of their indexes
 */
public record SnapshotPage(int from, int to, List<Block> blocks) {
    /** Bytes of a block. */
    public static final int BLOCK = 512 * 1024;

    /** Blocks that a page lists. */
    public static final int MOST = 1024;

    /** Blocks that a page is about, those that are zeros counted: so many the controller may have to put down as zeros at once. */
    public static final int LONGEST_PART = 4096;

    /** Bytes of the longest page. */
    public static final int LONGEST = 2 * Integer.BYTES + MOST * (Integer.BYTES + Block.NAME_BYTES);

    /** @throws IllegalArgumentException when it is not as is said above */
    public SnapshotPage {
        blocks = List.copyOf(blocks);
        if (from < 0 || to <= from || to - from > LONGEST_PART || blocks.size() > MOST) {
            throw new IllegalArgumentException("no page: " + from + " to " + to + ", " + blocks.size() + " blocks");
        }
        var least = from;
        for (var block : blocks) {
            if (block.index() < least || block.index() >= to) {
                throw new IllegalArgumentException("block " + block.index() + " is not in its place");
            }
            least = block.index() + 1;
        }
    }

    /**
     * A block that is not zeros.
     *
     * @param name in hex
     */
    public record Block(int index, String name) {
        /** Bytes of a name. */
        public static final int NAME_BYTES = 32;
    }

    public byte[] toBytes() {
        var bytes = ByteBuffer.allocate(2 * Integer.BYTES + blocks.size() * (Integer.BYTES + Block.NAME_BYTES))
                .putInt(from)
                .putInt(to);
        blocks.forEach(b -> bytes.putInt(b.index()).put(HexFormat.of().parseHex(b.name())));
        return bytes.array();
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SnapshotPage of(byte[] bytes) {
        var left = ByteBuffer.wrap(bytes);
        if (bytes.length > LONGEST
                || bytes.length < 2 * Integer.BYTES
                || (bytes.length - 2 * Integer.BYTES) % (Integer.BYTES + Block.NAME_BYTES) != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no page");
        }
        var from = left.getInt();
        var to = left.getInt();
        var blocks = new ArrayList<Block>();
        var name = new byte[Block.NAME_BYTES];
        while (left.hasRemaining()) {
            var index = left.getInt();
            left.get(name);
            blocks.add(new Block(index, HexFormat.of().formatHex(name)));
        }
        return new SnapshotPage(from, to, blocks);
    }
}
