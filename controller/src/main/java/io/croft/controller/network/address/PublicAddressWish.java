package io.croft.controller.network.address;

/** Whether an interface is to have a public address. */
public enum PublicAddressWish {
    NONE,
    /** As the subnet maps it: without one when the pool is empty. */
    IF_FREE,
    /** The launch fails when the pool is empty. */
    REQUIRED
}
