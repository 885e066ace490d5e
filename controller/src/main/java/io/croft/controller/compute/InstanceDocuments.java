package io.croft.controller.compute;

import io.croft.controller.blockstorage.InstanceVolumes;
import io.croft.controller.blockstorage.VolumeView;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.network.GroupName;
import io.croft.controller.network.InstanceNetworks;
import io.croft.controller.network.NetworkInterfaceView;
import io.croft.controller.tags.Tags;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.MetadataSpec;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells hosts what is wanted of instances, from what the rows say in the running transaction. */
@Component
class InstanceDocuments {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final Tags tags;
    private final HostDocuments documents;
    private final String region;
    private final Map<String, String> zoneIds;

    InstanceDocuments(
            InstanceTable instances,
            VmTable vms,
            InstanceNetworks networks,
            InstanceVolumes volumes,
            Tags tags,
            HostDocuments documents,
            AvailabilityZones zones) {
        this.instances = instances;
        this.vms = vms;
        this.networks = networks;
        this.volumes = volumes;
        this.tags = tags;
        this.documents = documents;
        this.region = zones.region();
        this.zoneIds = zones.ids();
    }

    /** An instance's parts, to be put together. */
    private record Parts(
            InstanceRow instance,
            VmRow vm,
            List<NetworkInterfaceView> interfaces,
            List<VolumeView> volumes,
            Map<String, String> tags) {}

    /** Puts the documents of those of the instances that have a host. */
    void put(Collection<InstanceId> ids) {
        var rows = instances.load(ids.stream().map(InstanceId::value).toList()).stream()
                .collect(Collectors.toMap(InstanceRow::id, r -> r));
        var interfaces = networks.of(ids);
        var attached = volumes.of(ids);
        var tagged = tags.of(ids.stream().map(InstanceId::value).toList());
        vms.load(ids).stream()
                .map(vm -> new Parts(
                        Objects.requireNonNull(rows.get(vm.instance())),
                        vm,
                        interfaces.getOrDefault(vm.instance(), List.of()),
                        attached.getOrDefault(vm.instance(), List.of()),
                        tagged.getOrDefault(vm.instance().value(), Map.of())))
                .collect(Collectors.groupingBy(p -> p.vm().host(), Collectors.mapping(this::spec, Collectors.toList())))
                .forEach(documents::put);
    }

    private InstanceSpec spec(Parts parts) {
        var instance = parts.instance();
        var vm = parts.vm();
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
                parts.volumes().stream().flatMap(InstanceDocuments::disk).toList(),
                parts.interfaces().stream().map(NetworkInterfaceView::id).toList(),
                metadata(parts),
                instance.options().autoRecovery() ? null : false);
    }

    private static Stream<DiskSpec> disk(VolumeView volume) {
        return Stream.ofNullable(volume.attachment()).map(a -> new DiskSpec(volume.id(), a.device()));
    }

    private MetadataSpec metadata(Parts parts) {
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
