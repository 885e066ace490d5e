package io.croft.controller.placement;

import io.croft.types.HostId;

/**
 * Why a host takes no (more) instances of a request.
 *
 * @param filter what the host fails: {@code state}, {@code cordon}, {@code zone}, {@code group}, {@code aside}, {@code problems}, {@code architecture}, {@code abilities}, {@code storage}, {@code cpus},
 *     {@code memory}, {@code disk}
 * @param reason one sentence with the amount that is missing, for the operator
 */
public record HostRefusal(HostId host, String name, String filter, String reason) {
    @Override
    public String toString() {
        return name + " (" + host + "): " + reason;
    }
}
