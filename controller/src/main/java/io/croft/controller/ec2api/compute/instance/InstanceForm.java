package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.ec2api.compute.launchspec.CapacityForm;
import io.croft.controller.ec2api.compute.launchspec.MaintenanceForm;
import io.croft.controller.ec2api.compute.launchspec.MetadataForm;
import io.croft.controller.ec2api.image.ImageForm;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.ec2api.network.eni.NetworkInterfaceForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.eni.NetworkInterfaceView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StateReason;

/**
 * An instance as EC2 writes it, complete enough that a client which compares it with what it asked for finds no difference.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html">Instance</a>
 */
@Component
public class InstanceForm {
    private final AvailabilityZones zones;

    InstanceForm(AvailabilityZones zones) {
        this.zones = zones;
    }

    /** Puts instances under the launches that they came from, in the order in which the launches first appear. */
    List<Reservation> reservations(List<InstanceView> instances) {
        var byReservation = new LinkedHashMap<String, List<InstanceView>>();
        instances.forEach(i -> byReservation
                .computeIfAbsent(i.reservation().value(), _ -> new ArrayList<>())
                .add(i));
        return byReservation.entrySet().stream()
                .map(r -> Reservation.builder()
                        .reservationId(r.getKey())
                        .ownerId(r.getValue().getFirst().owner().value())
                        .groups(List.of())
                        .instances(r.getValue().stream().map(this::write).toList())
                        .build())
                .toList();
    }

    public Instance write(InstanceView instance) {
        var filled = Instance.builder();
        identity(filled, instance);
        state(filled, instance);
        machine(filled, instance);
        network(filled, instance);
        return filled.build();
    }

    private void identity(Instance.Builder filled, InstanceView instance) {
        filled.instanceId(instance.id().value())
                .imageId(instance.image().value())
                .instanceType(instance.instanceType())
                .amiLaunchIndex(instance.launchIndex())
                .launchTime(instance.launched())
                .keyName(instance.keyName())
                .clientToken(instance.clientToken())
                .placement(placement(instance))
                .productCodes(List.of())
                .tags(TagForm.write(instance.tags()));
    }

    private Placement placement(InstanceView instance) {
        var group = instance.group();
        var placement = Placement.builder()
                .availabilityZone(instance.zone())
                .availabilityZoneId(zones.require(instance.zone()).id())
                .tenancy("default");
        return group == null
                ? placement.groupName("").build()
                : placement
                        .groupName(group.name())
                        .groupId(group.id().value())
                        .partitionNumber(group.partition())
                        .build();
    }

    private static void state(Instance.Builder filled, InstanceView instance) {
        var reason = instance.stateReason();
        filled.state(s -> s.code(instance.state().code()).name(instance.state().ec2Name()))
                .stateTransitionReason(instance.transitionReason())
                .stateReason(
                        reason == null
                                ? null
                                : StateReason.builder()
                                        .code(reason.code())
                                        .message(reason.message())
                                        .build())
                .monitoring(m -> m.state(monitoring(instance.options().monitored())));
    }

    private static void machine(Instance.Builder filled, InstanceView instance) {
        filled.architecture(instance.architecture())
                .bootMode(ImageForm.bootMode(instance.bootMode()))
                .currentInstanceBootMode(ImageForm.bootMode(instance.bootMode()))
                .hypervisor("xen")
                .virtualizationType("hvm")
                .platformDetails("Linux/UNIX")
                .usageOperation("RunInstances")
                .usageOperationUpdateTime(instance.launched())
                .rootDeviceName(instance.rootDeviceName())
                .rootDeviceType("ebs")
                .blockDeviceMappings(mappings(instance))
                .ebsOptimized(instance.options().ebsOptimized())
                .enaSupport(true)
                .cpuOptions(c -> c.coreCount(instance.vcpus() / instance.threadsPerCore())
                        .threadsPerCore(instance.threadsPerCore()))
                .metadataOptions(MetadataForm.write(instance))
                .hibernationOptions(h -> h.configured(instance.options().hibernation()))
                .enclaveOptions(e -> e.enabled(false))
                .maintenanceOptions(m ->
                        m.autoRecovery(MaintenanceForm.write(instance.options().autoRecovery())))
                .capacityReservationId(instance.capacityReservation())
                .capacityReservationSpecification(
                        CapacityForm.write(instance.options().capacity().text()));
    }

    private static void network(Instance.Builder filled, InstanceView instance) {
        filled.networkInterfaces(instance.interfaces().stream()
                        .map(NetworkInterfaceForm::writeForInstance)
                        .toList())
                .privateDnsNameOptions(o -> o.hostnameType("ip-name")
                        .enableResourceNameDnsARecord(false)
                        .enableResourceNameDnsAAAARecord(false));
        if (instance.interfaces().isEmpty()) {
            filled.privateDnsName("").publicDnsName("").securityGroups(List.of());
        } else {
            primary(filled, instance.interfaces().getFirst());
        }
    }

    private static void primary(Instance.Builder filled, NetworkInterfaceView nic) {
        filled.vpcId(nic.vpc().value())
                .subnetId(nic.subnet().value())
                .privateIpAddress(nic.privateAddress())
                .privateDnsName(nic.privateDnsName())
                .publicIpAddress(nic.publicAddress())
                .publicDnsName(nic.publicDnsName())
                .sourceDestCheck(nic.sourceDestCheck())
                .securityGroups(NetworkInterfaceForm.groups(nic.groups()));
    }

    /** Whether metrics are wanted every minute, in EC2's word. */
    static String monitoring(boolean monitored) {
        return monitored ? "enabled" : "disabled";
    }

    static List<InstanceBlockDeviceMapping> mappings(InstanceView instance) {
        return instance.volumes().stream().flatMap(v -> mapping(v).stream()).toList();
    }

    private static Optional<InstanceBlockDeviceMapping> mapping(VolumeView volume) {
        return Optional.ofNullable(volume.attachment())
                .map(a -> InstanceBlockDeviceMapping.builder()
                        .deviceName(a.device())
                        .ebs(e -> e.volumeId(volume.id().value())
                                .status(a.state().ec2Name())
                                .attachTime(a.attached())
                                .deleteOnTermination(a.deleteOnTermination()))
                        .build());
    }
}
