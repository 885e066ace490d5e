package io.croft.agent.reconcile;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.storage.DiskSource;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the whole host saw; null where a driver did not answer, which says nothing about what is there.
 *
 * @param trouble what the drivers that did not answer said, one sentence each
 * @param answering whether the guest behind each interface answered
 */
record Sighting(
        @Nullable List<ObservedVm> machines,
        @Nullable Set<VpcId> vpcs,
        @Nullable Set<NetworkInterfaceId> ports,
        @Nullable Set<VpcId> serving,
        @Nullable Map<VolumeId, DiskSource> volumes,
        @Nullable Set<String> filteredTaps,
        @Nullable Set<String> firewallProblems,
        List<String> trouble,
        @Nullable Map<NetworkInterfaceId, Boolean> answering) {
    /** Of a host whose guests were not asked. */
    Sighting(
            @Nullable List<ObservedVm> machines,
            @Nullable Set<VpcId> vpcs,
            @Nullable Set<NetworkInterfaceId> ports,
            @Nullable Set<VpcId> serving,
            @Nullable Map<VolumeId, DiskSource> volumes,
            @Nullable Set<String> filteredTaps,
            @Nullable Set<String> firewallProblems,
            List<String> trouble) {
        this(machines, vpcs, ports, serving, volumes, filteredTaps, firewallProblems, trouble, null);
    }
}
