package io.croft.controller.compute.instance;

import io.croft.protocol.Failure;

/** The reasons that tenants see, in EC2's codes. They name no host and no part of the deployment. */
final class StateReasons {
    static final StateReason USER_STOP = reason("Client.UserInitiatedShutdown", "User initiated shutdown");
    static final StateReason HIBERNATE = reason("Client.UserInitiatedHibernate", "User initiated hibernate");
    static final StateReason NOT_HIBERNATED =
            reason("Server.InternalError", "The instance could not be hibernated, so it was stopped");
    static final StateReason GUEST_STOP = reason("Client.InstanceInitiatedShutdown", "Instance initiated shutdown");
    static final StateReason OVERDUE = reason("Server.InternalError", "The instance did not come up in time");
    static final StateReason HOST_AWAY =
            reason("Server.InternalError", "The host that was to run the instance does not answer");

    private StateReasons() {}

    /** What a host's failure means to a tenant. */
    static StateReason of(Failure failure) {
        return switch (failure.code()) {
            case BLOB_MISSING, BLOB_CORRUPT ->
                reason("Client.InvalidSnapshot.NotFound", "The image's data cannot be read");
            case IMAGE_UNUSABLE -> reason("Client.InternalError", "The image cannot be used as a root volume");
            case DISK_FULL -> reason("Server.InsufficientInstanceCapacity", "There is not enough room for the volume");
            case HYPERVISOR, NETWORK, FIREWALL, STORAGE, MISSING_DOCUMENT, DEADLINE, INTERNAL ->
                reason("Server.InternalError", "The host could not start the instance");
        };
    }

    private static StateReason reason(String code, String message) {
        return new StateReason(code, code + ": " + message);
    }
}
