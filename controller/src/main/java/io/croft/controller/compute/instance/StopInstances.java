package io.croft.controller.compute.instance;

import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops and ends instances at a tenant's request. */
@Component
class StopInstances {
    private static final Set<InstanceState> STOPPABLE =
            Set.of(InstanceState.RUNNING, InstanceState.STOPPING, InstanceState.STOPPED);
    private static final Set<InstanceState> ANY = Set.copyOf(EnumSet.allOf(InstanceState.class));

    private final NamedInstances named;
    private final InstanceEndings endings;

    StopInstances(NamedInstances named, InstanceEndings endings) {
        this.named = named;
        this.endings = endings;
    }

    @Transactional
    List<InstanceStateChange> stop(Caller caller, List<InstanceId> ids, boolean force) {
        var rows = named.lock(caller, ids, STOPPABLE, "stopped");
        rows.values().forEach(StopInstances::requireStoppable);
        var mode = force ? StopMode.FORCE : StopMode.GRACEFUL;
        var moved = endings.stop(rows.keySet(), InstanceEvent.STOP_REQUESTED, Cause.of(StateReasons.USER_STOP), mode);
        if (force) {
            endings.cutStopping(rows.values().stream()
                    .filter(r -> r.state() == InstanceState.STOPPING)
                    .toList());
        }
        return NamedInstances.changes(ids, rows, moved);
    }

    @Transactional
    List<InstanceStateChange> hibernate(Caller caller, List<InstanceId> ids) {
        var rows = named.lock(caller, ids, STOPPABLE, "hibernated");
        for (var row : rows.values()) {
            requireStoppable(row);
            if (!row.options().hibernation()) {
                throw new CloudException(
                        ErrorCode.UNSUPPORTED_HIBERNATION_CONFIGURATION,
                        "The instance '" + row.id() + "' was not launched with HibernationOptions.Configured");
            }
        }
        var moved = endings.stop(
                rows.keySet(), InstanceEvent.STOP_REQUESTED, Cause.of(StateReasons.HIBERNATE), StopMode.HIBERNATE);
        return NamedInstances.changes(ids, rows, moved);
    }

    @Transactional
    List<InstanceStateChange> terminate(Caller caller, List<InstanceId> ids) {
        var rows = named.lock(caller, ids, ANY, "terminated");
        for (var row : rows.values()) {
            if (InstanceState.TERMINABLE.contains(row.state())) {
                requireEndable(row);
            }
        }
        var moved = endings.end(rows.keySet(), InstanceEvent.TERMINATE_REQUESTED, Cause.of(StateReasons.USER_STOP));
        return NamedInstances.changes(ids, rows, moved);
    }

    private static void requireStoppable(InstanceRow row) {
        if (row.options().protection().stop() && row.state() == InstanceState.RUNNING) {
            throw kept(row, "stopped", "disableApiStop");
        }
    }

    private static void requireEndable(InstanceRow row) {
        if (row.options().protection().termination()) {
            throw kept(row, "terminated", "disableApiTermination");
        }
        if (row.options().protection().stop()) {
            throw kept(row, "terminated", "disableApiStop");
        }
    }

    private static CloudException kept(InstanceRow row, String verb, String attribute) {
        return new CloudException(
                ErrorCode.OPERATION_NOT_PERMITTED,
                "The instance '" + row.id() + "' may not be " + verb + ". Modify its '" + attribute
                        + "' instance attribute and try again.");
    }
}
