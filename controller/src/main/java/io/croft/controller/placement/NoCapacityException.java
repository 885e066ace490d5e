package io.croft.controller.placement;

import java.util.List;

/** No plan for the least number of instances; the caller of the use case gets InsufficientInstanceCapacity, the operator the refusals. */
public final class NoCapacityException extends Exception {
    private final transient List<HostRefusal> refusals;

    /** With each host's reason. */
    public NoCapacityException(List<HostRefusal> refusals) {
        super(refusals.isEmpty() ? "there are no hosts" : refusals.toString());
        this.refusals = List.copyOf(refusals);
    }

    /** Each host's reason. */
    public List<HostRefusal> refusals() {
        return refusals;
    }
}
