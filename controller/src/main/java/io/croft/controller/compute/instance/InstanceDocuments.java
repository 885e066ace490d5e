package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.MetadataSpec;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells hosts what is wanted of instances, from what the rows say in the running transaction. */
@Component
public class InstanceDocuments {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final InstanceAssembly assembly;
    private final VmTable vms;
    private final HostDocuments documents;
    private final String region;
    private final Map<String, String> zoneIds;

    InstanceDocuments(InstanceAssembly assembly, VmTable vms, HostDocuments documents, AvailabilityZones zones) {
        this.assembly = assembly;
        this.vms = vms;
        this.documents = documents;
        this.region = zones.region();
        this.zoneIds = zones.ids();
    }

    /** Has the instances' hosts learn what the rows say now. */
    public void changed(Collection<InstanceId> ids) {
        vms.raise(ids);
        put(ids);
    }

    /** Puts the documents of the instances' machines. */
    public void put(Collection<InstanceId> ids) {
        put(assembly.of(ids.stream().map(InstanceId::value).toList()));
    }

    /** The same of instances that are as their rows are. */
    public void put(List<InstanceParts> instances) {
        var byHost = new HashMap<HostId, List<InstanceSpec>>();
        for (var parts : instances) {
            for (var vm : parts.machines()) {
                byHost.computeIfAbsent(vm.host(), _ -> new ArrayList<>()).add(spec(parts, vm));
            }
        }
        byHost.forEach(documents::put);
    }

    private InstanceSpec spec(InstanceParts parts, VmRow vm) {
        var instance = parts.instance();
        return new InstanceSpec(
                instance.id(),
                instance.account(),
                vm.generation(),
                vm.presence(),
                vm.power(),
                vm.stop(),
                instance.instanceType(),
                instance.vcpus(),
                instance.memoryBytes(),
                instance.machine(),
                instance.bootMode(),
                parts.volumes().stream().flatMap(volume -> disk(volume, vm)).toList(),
                parts.interfaces().stream().map(NetworkInterfaceView::id).toList(),
                metadata(parts),
                instance.options().autoRecovery() ? null : false);
    }

    /** A machine that goes keeps its volumes in its document, by which its host takes it down before them. One that is on its way to the host, or was, is not its business yet. */
    private static Stream<DiskSpec> disk(VolumeView volume, VmRow vm) {
        var here = !volume.moving() && (volume.host() == null || volume.host().equals(vm.host()));
        return Stream.ofNullable(volume.attachment())
                .filter(_ -> here)
                .filter(a -> vm.presence() == Presence.ABSENT || a.state() != AttachmentState.DETACHING)
                .map(a -> new DiskSpec(volume.id(), a.device()));
    }

    private MetadataSpec metadata(InstanceParts parts) {
        var instance = parts.instance();
        var options = instance.metadata();
        var group = instance.group();
        var primary = parts.interfaces().stream().findFirst();
        return new MetadataSpec(
                instance.image(),
                instance.reservation(),
                instance.launchIndex(),
                region,
                instance.zone(),
                group == null ? null : group.name(),
                group == null ? null : group.partition(),
                primary.map(NetworkInterfaceView::privateDnsName).orElse(""),
                instance.keyName(),
                instance.publicKey(),
                primary.map(NetworkInterfaceView::groups).orElse(List.of()).stream()
                        .map(GroupName::name)
                        .toList(),
                instance.userData(),
                milliseconds(instance.launched()),
                options.endpointEnabled(),
                options.tokensRequired(),
                options.hopLimit(),
                options.tagsInMetadata() ? parts.tags() : Map.of(),
                zoneIds.get(instance.zone()),
                instance.options().monitored());
    }

    private static String milliseconds(Instant instant) {
        return MILLISECONDS.format(instant);
    }
}
