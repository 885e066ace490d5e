package io.croft.agent.network;

import org.jspecify.annotations.Nullable;

/** The host's network could not be made as wanted; the same call may work later. */
public final class NetworkException extends RuntimeException {
    public NetworkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
