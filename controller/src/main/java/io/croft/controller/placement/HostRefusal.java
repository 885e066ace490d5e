package io.croft.controller.placement;

import io.croft.types.HostId;

/**
 * Why a host takes no (more) instances of a request.
 *
 * @param reason one sentence with the amount that is missing, for the operator
 */
public record HostRefusal(HostId host, String name, String reason) {
    @Override
    public String toString() {
        return name + " (" + host + "): " + reason;
    }
}
