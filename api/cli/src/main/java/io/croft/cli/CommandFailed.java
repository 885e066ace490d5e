package io.croft.cli;

import org.jspecify.annotations.Nullable;

/** A command did its work and what it found is a failure; the message says what. */
final class CommandFailed extends RuntimeException {
    CommandFailed(String message) {
        this(message, null);
    }

    CommandFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
