package io.croft.controller.fleet;

import io.croft.types.HostId;

/** Published inside the transaction that changes a host's state. */
public record HostStateChanged(HostId host, HostState from, HostState to) {}
