package io.croft.controller.compute.instance;

/** What can happen to an instance. */
enum InstanceEvent {
    START_REQUESTED,
    /** The host reports the domain running, with its firewall and metadata in force. */
    HOST_RUNS,
    /** The first start cannot succeed any more. */
    LAUNCH_FAILED,
    /** A later start cannot succeed any more; the volumes hold data. */
    START_FAILED,
    STOP_REQUESTED,
    /** The memory of an instance that was to hibernate is not kept; it stops like any other. */
    HIBERNATION_FAILED,
    /** The guest powered itself off, and that means a stop. */
    GUEST_STOPPED,
    /** The guest powered itself off, and that means the end. */
    GUEST_ENDED,
    HOST_STOPPED,
    TERMINATE_REQUESTED,
    /** The host has proved the domain gone. */
    HOST_PROVED_GONE,
    /** The host does not answer; it will find the tombstone when it does. */
    HOST_AWAY
}
