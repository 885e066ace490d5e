package io.croft.rest;

import java.util.Objects;

/**
 * Where a volume is to be.
 *
 * @param host the id of the host that is to keep it
 */
public record VolumeHost(String host) {
    /** Every field is required. */
    public VolumeHost {
        Objects.requireNonNull(host, "host is missing");
    }
}
