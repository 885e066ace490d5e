package io.croft.controller.blockstorage.snapshot.store;

/** A snapshot has more blocks that are not zeros than can be in memory at once, as its manifest has to be. */
public final class TooManyBlocks extends RuntimeException {
    TooManyBlocks(int most) {
        super("more than " + most + " blocks of it are not zeros, and the controller's memory takes no more");
    }
}
