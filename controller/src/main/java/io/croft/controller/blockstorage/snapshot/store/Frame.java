package io.croft.controller.blockstorage.snapshot.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.AEADBadTagException;

/**
 * A block as it lies in a pack: version, codec, the block's name, and its bytes, compressed where that helps and sealed. Version and codec are one byte each, so that a later codec stands beside these.
 */
final class Frame {
    private static final byte VERSION = 1;
    private static final byte RAW = 0;
    private static final byte DEFLATE = 1;
    private static final int HEAD = 2 + BlockId.BYTES;
    static final int LEAST = HEAD + LineageKey.NONCE_BYTES + LineageKey.TAG_BYTES;

    /** Compressed by less than this part of it, a block is kept as it is. */
    private static final int WORTH_IT = 8;

    private Frame() {}

    /** The frame of a block. */
    static byte[] of(LineageKey key, byte[] block) {
        var compressed = new byte[block.length - block.length / WORTH_IT];
        var length = deflate(block, compressed);
        var fits = length < compressed.length;
        var head = ByteBuffer.allocate(HEAD).put(VERSION).put(fits ? DEFLATE : RAW);
        key.name(block).write(head);
        var sealed = key.seal(head.array(), fits ? compressed : block, fits ? length : block.length);
        return ByteBuffer.allocate(HEAD + sealed.length)
                .put(head.array())
                .put(sealed)
                .array();
    }

    private static int deflate(byte[] block, byte[] into) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(block);
            deflater.finish();
            return deflater.deflate(into);
        }
    }

    /** The name of the block that it says it holds. */
    static BlockId id(byte[] frame) {
        if (frame.length < LEAST) {
            throw new StoreDamage("a frame of " + frame.length + " bytes is none", null);
        }
        return BlockId.read(ByteBuffer.wrap(frame, 2, BlockId.BYTES));
    }

    /**
     * The block, once it has proved to be the one of that name.
     *
     * @throws StoreDamage when it is not
     */
    static byte[] open(LineageKey key, BlockId expected, byte[] frame, int blockBytes) {
        if (!id(frame).equals(expected)) {
            throw new StoreDamage("block " + id(frame) + " is where block " + expected + " should be", null);
        }
        if (frame[0] != VERSION) {
            throw new StoreDamage("block " + expected + " is of version " + frame[0] + ", which is not known", null);
        }
        try {
            var clear = key.open(Arrays.copyOf(frame, HEAD), ByteBuffer.wrap(frame, HEAD, frame.length - HEAD));
            var block = frame[1] == RAW ? clear : inflate(frame[1], clear, blockBytes);
            if (block.length != blockBytes || !key.name(block).equals(expected)) {
                throw new StoreDamage("the bytes of block " + expected + " are others", null);
            }
            return block;
        } catch (AEADBadTagException | DataFormatException e) {
            throw new StoreDamage("the bytes of block " + expected + " were changed", e);
        }
    }

    private static byte[] inflate(byte codec, byte[] compressed, int blockBytes) throws DataFormatException {
        if (codec != DEFLATE) {
            throw new DataFormatException("codec " + codec);
        }
        try (var inflater = new Inflater(true)) {
            inflater.setInput(compressed);
            var block = new byte[blockBytes];
            var length = inflater.inflate(block);
            return inflater.finished() ? Arrays.copyOf(block, length) : new byte[0];
        }
    }
}
