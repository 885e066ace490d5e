package io.croft.agent.link;

import org.jspecify.annotations.Nullable;

/** The controller is away or refuses; the same call may work later. */
public final class LinkException extends RuntimeException {
    LinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
