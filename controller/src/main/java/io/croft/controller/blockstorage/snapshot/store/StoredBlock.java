package io.croft.controller.blockstorage.snapshot.store;

/**
 * A block of a snapshot, and where it lies.
 *
 * @param index its place in the volume, in blocks
 * @param pack the name of the pack
 * @param offset of its frame in the pack, in bytes
 * @param length of the frame
 */
record StoredBlock(int index, BlockId id, String pack, int offset, int length) {
    /** The same bytes in another place of the volume. */
    StoredBlock at(int other) {
        return new StoredBlock(other, id, pack, offset, length);
    }
}
