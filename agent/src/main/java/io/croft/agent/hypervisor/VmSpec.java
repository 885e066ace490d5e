package io.croft.agent.hypervisor;

import io.croft.protocol.InstanceSpec;
import io.croft.protocol.IoLimits;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A machine to run, so exact that nothing is left to choose.
 *
 * @param generation the instance document's generation that this was made from; kept in the machine's metadata
 * @param memoryBytes memory in bytes
 * @param disks the boot disk first
 * @param nics in the order of their device indexes
 */
public record VmSpec(
        InstanceId id,
        AccountId account,
        Generation generation,
        int vcpus,
        long memoryBytes,
        String architecture,
        InstanceSpec.BootMode bootMode,
        List<VmDisk> disks,
        List<VmNic> nics) {
    public VmSpec {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    /** How fast each volume may be used that is its disk. */
    public Map<VolumeId, IoLimits> limits() {
        return disks.stream().collect(Collectors.toUnmodifiableMap(VmDisk::volume, VmDisk::limits));
    }

    /** The volumes that are its disks. */
    public Set<VolumeId> volumes() {
        return disks.stream().map(VmDisk::volume).collect(Collectors.toUnmodifiableSet());
    }
}
