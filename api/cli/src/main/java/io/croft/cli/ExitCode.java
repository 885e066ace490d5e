package io.croft.cli;

/** What {@code croft} ends with, for scripts; {@code croft --help} lists them. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int DENIED = 4;
    static final int UNREACHABLE = 5;
    static final int CONFLICT = 6;
    static final int TIMEOUT = 7;

    private ExitCode() {}
}
