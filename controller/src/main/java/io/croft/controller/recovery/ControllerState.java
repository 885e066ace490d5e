package io.croft.controller.recovery;

/** Whether the controller acts on its database. */
public enum ControllerState {
    /** It does. */
    SERVING,
    /** The database may be older than the hosts: nothing is changed and no host is told anything. */
    RECONCILING
}
