package io.croft.controller.restore;

import io.croft.controller.recovery.ControllerEra;
import io.croft.controller.recovery.Frozen;
import io.croft.types.HostId;
import java.util.List;

/**
 * Where a restore stands.
 *
 * @param spoken awaited hosts that have told their ledgers
 * @param silent awaited hosts that have not
 * @param frozen what the operator has to decide
 */
public record RestoreStatus(ControllerEra state, List<HostId> spoken, List<HostId> silent, List<Frozen> frozen) {}
