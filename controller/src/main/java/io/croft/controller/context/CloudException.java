package io.croft.controller.context;

import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A request's failure: what the client is told, and apart from it what the log is told. Mapped once per edge. */
public final class CloudException extends RuntimeException {
    private final ErrorCode code;
    private final String publicMessage;

    public CloudException(ErrorCode code, String publicMessage) {
        this(code, publicMessage, "", null);
    }

    public CloudException(ErrorCode code, String publicMessage, String internalContext, @Nullable Throwable cause) {
        super(internalContext.isEmpty() ? publicMessage : publicMessage + " [" + internalContext + "]", cause);
        this.code = code;
        this.publicMessage = publicMessage;
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence for the client; never an internal name or another account's id. */
    public String publicMessage() {
        return publicMessage;
    }
}
