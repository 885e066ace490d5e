package io.croft.agent.storage;

/**
 * A volume that is there.
 *
 * @param sizeBytes its virtual size; 0 when its store cannot tell
 */
public record StoredVolume(DiskSource source, long sizeBytes) {}
