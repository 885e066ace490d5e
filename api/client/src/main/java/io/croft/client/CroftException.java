package io.croft.client;

import org.jspecify.annotations.Nullable;

/** The controller refused a call, or did not answer it. */
public final class CroftException extends RuntimeException {
    /** The code when the controller did not answer. */
    public static final String UNREACHABLE = "Unreachable";

    private final String code;
    private final int status;

    /** A failure that no answer told of. */
    public CroftException(String code, String message, @Nullable Throwable cause) {
        this(code, 0, message, cause);
    }

    CroftException(String code, int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
    }

    /** The error's stable name; {@code Unreachable} when there was no answer. */
    public String code() {
        return code;
    }

    /** The answer's HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
