package io.croft.controller.blockstorage.snapshot.store;

import org.jspecify.annotations.Nullable;

/** What the store holds is not what was put into it, or is not there. The message names the object, and the block. */
public final class StoreDamage extends RuntimeException {
    public StoreDamage(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
