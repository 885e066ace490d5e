package io.croft.controller.fleet;

import static io.croft.controller.fleet.HostEvent.FELL_SILENT;
import static io.croft.controller.fleet.HostEvent.PROVED_DEAD;
import static io.croft.controller.fleet.HostEvent.REPORTED;
import static io.croft.controller.fleet.HostEvent.RETURNED;
import static io.croft.controller.fleet.HostEvent.SILENT_TOO_LONG;
import static io.croft.controller.fleet.HostState.DEAD;
import static io.croft.controller.fleet.HostState.ENROLLED;
import static io.croft.controller.fleet.HostState.READY;
import static io.croft.controller.fleet.HostState.RETURNING;
import static io.croft.controller.fleet.HostState.SUSPECT;
import static io.croft.controller.fleet.HostState.UNREACHABLE;

import io.croft.controller.context.Transitions;

/** Which event leads a host from which state to which. */
final class HostTransitions {
    static final Transitions<HostState, HostEvent> TABLE = Transitions.<HostState, HostEvent>of("host", ENROLLED)
            .on(ENROLLED, REPORTED, READY)
            .on(READY, FELL_SILENT, SUSPECT)
            .on(SUSPECT, REPORTED, READY)
            .on(SUSPECT, SILENT_TOO_LONG, UNREACHABLE)
            .on(UNREACHABLE, REPORTED, READY)
            .on(UNREACHABLE, PROVED_DEAD, DEAD)
            .on(UNREACHABLE, RETURNED, RETURNING)
            .on(DEAD, RETURNED, RETURNING)
            .on(RETURNING, REPORTED, READY)
            .on(RETURNING, SILENT_TOO_LONG, UNREACHABLE);

    private HostTransitions() {}
}
