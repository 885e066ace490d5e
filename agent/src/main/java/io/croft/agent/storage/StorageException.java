package io.croft.agent.storage;

import io.croft.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** The storage could not do it; {@link #failure()} says why in the protocol's words. */
public final class StorageException extends RuntimeException {
    private final Failure failure;

    public StorageException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
