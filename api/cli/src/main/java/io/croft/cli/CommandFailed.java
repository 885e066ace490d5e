package io.croft.cli;

/** A command did its work and what it found is a failure; the message says what. */
final class CommandFailed extends RuntimeException {
    CommandFailed(String message) {
        super(message);
    }
}
