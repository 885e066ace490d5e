package io.croft.controller.compute.instance;

import static io.croft.controller.compute.instance.InstanceEvent.GUEST_ENDED;
import static io.croft.controller.compute.instance.InstanceEvent.GUEST_STOPPED;
import static io.croft.controller.compute.instance.InstanceEvent.HIBERNATION_FAILED;
import static io.croft.controller.compute.instance.InstanceEvent.HOST_AWAY;
import static io.croft.controller.compute.instance.InstanceEvent.HOST_PROVED_GONE;
import static io.croft.controller.compute.instance.InstanceEvent.HOST_RUNS;
import static io.croft.controller.compute.instance.InstanceEvent.HOST_STOPPED;
import static io.croft.controller.compute.instance.InstanceEvent.LAUNCH_FAILED;
import static io.croft.controller.compute.instance.InstanceEvent.START_FAILED;
import static io.croft.controller.compute.instance.InstanceEvent.START_REQUESTED;
import static io.croft.controller.compute.instance.InstanceEvent.STOP_REQUESTED;
import static io.croft.controller.compute.instance.InstanceEvent.TERMINATE_REQUESTED;
import static io.croft.types.InstanceState.PENDING;
import static io.croft.types.InstanceState.RUNNING;
import static io.croft.types.InstanceState.SHUTTING_DOWN;
import static io.croft.types.InstanceState.STOPPED;
import static io.croft.types.InstanceState.STOPPING;
import static io.croft.types.InstanceState.TERMINATED;

import io.croft.controller.context.Transitions;
import io.croft.types.InstanceState;

/** The states of an instance. */
final class InstanceTransitions {
    /** The one table. */
    static final Transitions<InstanceState, InstanceEvent> TABLE = Transitions.<InstanceState, InstanceEvent>of(
                    "instance", PENDING)
            .terminal(TERMINATED)
            .on(PENDING, HOST_RUNS, RUNNING)
            .on(PENDING, LAUNCH_FAILED, SHUTTING_DOWN)
            .on(PENDING, START_FAILED, STOPPING)
            .on(PENDING, GUEST_STOPPED, STOPPING)
            .on(PENDING, GUEST_ENDED, SHUTTING_DOWN)
            .on(PENDING, TERMINATE_REQUESTED, SHUTTING_DOWN)
            .on(RUNNING, STOP_REQUESTED, STOPPING)
            .on(RUNNING, GUEST_STOPPED, STOPPING)
            .on(RUNNING, GUEST_ENDED, SHUTTING_DOWN)
            .on(RUNNING, TERMINATE_REQUESTED, SHUTTING_DOWN)
            .on(STOPPING, HIBERNATION_FAILED, STOPPING)
            .on(STOPPING, HOST_STOPPED, STOPPED)
            .on(STOPPING, TERMINATE_REQUESTED, SHUTTING_DOWN)
            .on(STOPPED, START_REQUESTED, PENDING)
            .on(STOPPED, TERMINATE_REQUESTED, SHUTTING_DOWN)
            .on(SHUTTING_DOWN, HOST_PROVED_GONE, TERMINATED)
            .on(SHUTTING_DOWN, HOST_AWAY, TERMINATED);

    private InstanceTransitions() {}
}
