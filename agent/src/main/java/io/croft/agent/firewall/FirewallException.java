package io.croft.agent.firewall;

import org.jspecify.annotations.Nullable;

/** The rules could not be applied; the old ones are still in force. */
public final class FirewallException extends RuntimeException {
    public FirewallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
