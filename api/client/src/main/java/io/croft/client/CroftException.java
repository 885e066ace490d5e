package io.croft.client;

import org.jspecify.annotations.Nullable;

/** The controller refused a call, or did not answer it. */
public final class CroftException extends RuntimeException {
    private final String code;

    public CroftException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The error's stable name; {@code Unreachable} when there was no answer. */
    public String code() {
        return code;
    }
}
