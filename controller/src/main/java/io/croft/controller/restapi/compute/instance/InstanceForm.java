package io.croft.controller.restapi.compute.instance;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.instance.InstanceSpecs;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.status.InstanceStatusView;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.controller.restapi.network.eni.NetworkInterfaceForm;
import io.croft.rest.tenant.compute.instance.Instance;
import io.croft.rest.tenant.compute.instance.Instance.InstanceVolume;
import io.croft.rest.tenant.compute.instance.InstanceStatus;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An instance as REST shows it. */
final class InstanceForm {
    private InstanceForm() {}

    static Instance write(InstanceView instance) {
        var nic = instance.interfaces().stream().findFirst();
        return new Instance(
                instance.id().value(),
                instance.reservation().value(),
                instance.launchIndex(),
                instance.image().value(),
                instance.instanceType(),
                instance.vcpus(),
                instance.architecture(),
                instance.state().ec2Name(),
                Optional.ofNullable(instance.stateReason())
                        .map(r -> new Instance.StateReason(r.code(), r.message()))
                        .orElse(null),
                instance.launched().toString(),
                instance.keyName(),
                instance.zone(),
                Optional.ofNullable(instance.group())
                        .map(g -> new Instance.Placement(g.id().value(), g.name(), g.partition()))
                        .orElse(null),
                instance.options().capacity().text(),
                instance.capacityReservation(),
                nic.map(n -> n.vpc().value()).orElse(null),
                nic.map(n -> n.subnet().value()).orElse(null),
                nic.map(NetworkInterfaceView::privateAddress).orElse(null),
                nic.map(NetworkInterfaceView::privateDnsName).orElse(null),
                nic.map(NetworkInterfaceView::publicAddress).orElse(null),
                nic.map(NetworkInterfaceForm::groups).orElse(List.of()),
                instance.interfaces().stream().map(n -> n.id().value()).toList(),
                instance.rootDeviceName(),
                instance.volumes().stream().flatMap(v -> volume(v).stream()).toList(),
                instance.options().hibernation(),
                instance.options().monitored(),
                metadata(instance.metadata()),
                instance.options().shutdownBehavior().ec2Name(),
                instance.options().protection().termination(),
                instance.options().protection().stop(),
                instance.options().autoRecovery(),
                new TreeMap<>(instance.tags()));
    }

    /** What a launch template says that makes more of its kind, in its placement group by id. */
    static LaunchTemplateData template(InstanceView instance, @Nullable String userData) {
        var group = instance.group();
        var spec = InstanceSpecs.of(instance, userData);
        return LaunchSpecForm.write(
                group == null
                        ? spec
                        : spec.at(new LaunchSpec.Placement(
                                instance.zone(), group.id().value(), null, group.partition())));
    }

    static InstanceStatus status(InstanceStatusView status) {
        return new InstanceStatus(
                status.id().value(),
                status.state().ec2Name(),
                status.instanceCheck().status(),
                status.systemCheck().status(),
                Optional.ofNullable(status.impairedSince())
                        .map(Instant::toString)
                        .orElse(null),
                status.reason());
    }

    private static Optional<InstanceVolume> volume(VolumeView volume) {
        return Optional.ofNullable(volume.attachment())
                .map(a -> new InstanceVolume(
                        volume.id().value(), a.device(), a.state().ec2Name(), a.deleteOnTermination()));
    }

    private static io.croft.rest.tenant.compute.instance.MetadataOptions metadata(MetadataOptions options) {
        return new io.croft.rest.tenant.compute.instance.MetadataOptions(
                options.endpointEnabled(), options.tokensRequired(), options.hopLimit(), options.tagsInMetadata());
    }
}
