package io.croft.cli;

/** What was waited for did not come in time; the message says what and how long. */
final class WaitedTooLong extends RuntimeException {
    WaitedTooLong(String message) {
        super(message);
    }
}
