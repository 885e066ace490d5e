package io.croft.agent.hypervisor;

import io.croft.agent.storage.DiskSource;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.protocol.IoLimits;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VolumeId;
import java.util.Arrays;
import java.util.List;

/** Machines for tests. */
public final class VmSpecs {
    private VmSpecs() {}

    /** The next generation of a machine, with one more CPU. */
    public static VmSpec changed(VmSpec spec) {
        return new VmSpec(
                spec.id(),
                spec.account(),
                new Generation(spec.generation().value() + 1),
                spec.vcpus() + 1,
                spec.memoryBytes(),
                spec.architecture(),
                spec.bootMode(),
                spec.disks(),
                spec.nics());
    }

    /** The same with limits on each of its disks. */
    public static VmSpec limited(VmSpec spec, IoLimits limits) {
        return new VmSpec(
                spec.id(),
                spec.account(),
                spec.generation(),
                spec.vcpus(),
                spec.memoryBytes(),
                spec.architecture(),
                spec.bootMode(),
                spec.disks().stream()
                        .map(d -> new VmDisk(d.volume(), d.source(), limits))
                        .toList(),
                spec.nics());
    }

    /** A small machine on one disk, with the given taps. */
    public static VmSpec small(InstanceId id, DiskSource disk, String... taps) {
        var nics = Arrays.stream(taps)
                .map(tap -> new VmNic(new NetworkInterfaceId("eni-0123456789abcdef0"), "02:00:00:00:00:05", tap, 1500))
                .toList();
        return new VmSpec(
                id,
                new AccountId("123456789012"),
                new Generation(3),
                1,
                128L << 20,
                "x86_64",
                BootMode.BIOS,
                List.of(new VmDisk(new VolumeId("vol-0123456789abcdef0"), disk)),
                nics);
    }
}
