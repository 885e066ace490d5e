package io.croft.controller.restore;

import io.croft.types.HostId;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides of something frozen.
 *
 * @param host with {@link Kind#HOST} the host whose word counts; else null
 */
public record Choice(Kind kind, @Nullable HostId host) {
    /** The ways out. */
    public enum Kind {
        /** It is stopped, if a host has its volumes. */
        STOPPED,
        /** It is terminated; a host that has something of it removes that. */
        TERMINATED,
        /** It is as this host has it. */
        HOST
    }
}
