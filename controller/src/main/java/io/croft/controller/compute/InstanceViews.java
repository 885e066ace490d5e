package io.croft.controller.compute;

import io.croft.controller.blockstorage.InstanceVolumes;
import io.croft.controller.blockstorage.VolumeView;
import io.croft.controller.network.InstanceNetworks;
import io.croft.controller.network.NetworkInterfaceView;
import io.croft.controller.tags.Tags;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows instances with everything that belongs to them, in the same number of queries for one as for a thousand. */
@Component
class InstanceViews {
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final Tags tags;

    InstanceViews(InstanceTable instances, VmTable vms, InstanceNetworks networks, InstanceVolumes volumes, Tags tags) {
        this.instances = instances;
        this.vms = vms;
        this.networks = networks;
        this.volumes = volumes;
        this.tags = tags;
    }

    /** The views in the order of the ids; an instance that went meanwhile is left out. */
    List<InstanceView> of(List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var rows = instances.load(ids).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var ordered = ids.stream().map(rows::get).filter(Objects::nonNull).toList();
        var typed = ordered.stream().map(InstanceRow::id).toList();
        var places = vms.load(typed).stream().collect(Collectors.toMap(VmRow::instance, v -> v));
        var interfaces = networks.of(typed);
        var attached = volumes.of(typed);
        var tagged = tags.of(ids);
        return ordered.stream()
                .map(r -> view(
                        r, places.get(r.id()), interfaces, attached, tagged.getOrDefault(r.id().value(), Map.of())))
                .toList();
    }

    private static InstanceView view(
            InstanceRow row,
            @Nullable VmRow vm,
            Map<InstanceId, List<NetworkInterfaceView>> interfaces,
            Map<InstanceId, List<VolumeView>> volumes,
            Map<String, String> tags) {
        var ended = row.state() == InstanceState.TERMINATED;
        return new InstanceView(
                row.id(),
                row.account(),
                row.reservation(),
                row.launchIndex(),
                row.image(),
                row.instanceType(),
                row.vcpus(),
                row.threadsPerCore(),
                row.architecture(),
                row.bootMode(),
                row.state(),
                row.reason(),
                row.transitionReason(),
                row.launched(),
                row.keyName(),
                row.zone(),
                row.group(),
                row.rootDevice(),
                ended ? List.of() : interfaces.getOrDefault(row.id(), List.of()),
                ended ? List.of() : volumes.getOrDefault(row.id(), List.of()),
                row.options(),
                row.metadata(),
                vm == null || vm.metadataInForce(),
                row.clientToken(),
                vm == null ? null : vm.host(),
                tags);
    }
}
