package io.croft.controller.fleet;

import java.util.List;

/** All hosts at one moment, in the order of their ids. */
public record FleetSnapshot(List<HostView> hosts) {
    public FleetSnapshot {
        hosts = List.copyOf(hosts);
    }
}
