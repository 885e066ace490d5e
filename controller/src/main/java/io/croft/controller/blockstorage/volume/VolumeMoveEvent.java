package io.croft.controller.blockstorage.volume;

/** What can happen to a volume on its way to another host. */
enum VolumeMoveEvent {
    /** All of it is in the store. */
    COPIED,
    /** The other host is proved to have it. */
    ARRIVED,
    GIVEN_UP
}
