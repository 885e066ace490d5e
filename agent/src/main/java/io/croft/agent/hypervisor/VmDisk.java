package io.croft.agent.hypervisor;

import io.croft.agent.storage.DiskSource;
import io.croft.protocol.IoLimits;
import io.croft.types.VolumeId;

/**
 * A volume as a machine's disk; the guest finds it under the serial {@code vol} + 17 hex digits.
 *
 * @param limits how fast it may be used
 */
public record VmDisk(VolumeId volume, DiskSource source, IoLimits limits) {
    /** One without limits. */
    public VmDisk(VolumeId volume, DiskSource source) {
        this(volume, source, IoLimits.NONE);
    }
}
