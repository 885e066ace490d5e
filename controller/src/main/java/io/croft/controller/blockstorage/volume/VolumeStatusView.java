package io.croft.controller.blockstorage.volume;

import io.croft.types.VolumeId;

/**
 * Whether a volume works.
 *
 * @param status {@code ok}, or {@code insufficient-data} while its host has not been heard of
 * @param ioEnabled {@code passed}, or {@code insufficient-data}
 */
public record VolumeStatusView(VolumeId id, String zone, String status, String ioEnabled) {}
