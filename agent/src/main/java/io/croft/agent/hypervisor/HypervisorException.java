package io.croft.agent.hypervisor;

import org.jspecify.annotations.Nullable;

/** The hypervisor refused or did not answer; the same call may work later. */
public final class HypervisorException extends RuntimeException {
    public HypervisorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
