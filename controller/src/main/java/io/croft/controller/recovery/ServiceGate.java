package io.croft.controller.recovery;

/** Whether requests that change anything are taken; asked by the edges. */
@FunctionalInterface
public interface ServiceGate {
    /**
     * Does nothing while the controller serves.
     *
     * @throws io.croft.controller.context.CloudException Unavailable while it reconciles
     */
    void requireServing();
}
