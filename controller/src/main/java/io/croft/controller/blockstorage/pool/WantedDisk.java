package io.croft.controller.blockstorage.pool;

/**
 * A volume that is to be made somewhere.
 *
 * @param type EC2's name of its type
 */
public record WantedDisk(String type, long bytes) {}
