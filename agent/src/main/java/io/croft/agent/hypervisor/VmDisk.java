package io.croft.agent.hypervisor;

import io.croft.agent.storage.DiskSource;
import io.croft.types.VolumeId;

/** A volume as a machine's disk; the guest finds it under the serial {@code vol} + 17 hex digits. */
public record VmDisk(VolumeId volume, DiskSource source) {}
