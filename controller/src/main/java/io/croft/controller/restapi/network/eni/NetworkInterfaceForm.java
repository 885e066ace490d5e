package io.croft.controller.restapi.network.eni;

import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.network.eni.NetworkInterface;
import io.croft.rest.tenant.network.eni.NetworkInterface.InterfaceAttachment;
import io.croft.rest.tenant.network.eni.NetworkInterfacePatch;
import io.croft.rest.tenant.network.securitygroup.GroupName;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A network interface as REST shows it, and what a patch changes of it. */
public final class NetworkInterfaceForm {
    private NetworkInterfaceForm() {}

    static NetworkInterface write(NetworkInterfaceView nic) {
        return new NetworkInterface(
                nic.id().value(),
                nic.vpc().value(),
                nic.subnet().value(),
                nic.zone(),
                nic.description(),
                nic.mac(),
                nic.privateAddress(),
                nic.privateDnsName(),
                nic.publicAddress(),
                nic.sourceDestCheck(),
                nic.status().ec2Name(),
                Optional.ofNullable(nic.attachment())
                        .map(NetworkInterfaceForm::attachment)
                        .orElse(null),
                groups(nic),
                new TreeMap<>(nic.tags()));
    }

    private static InterfaceAttachment attachment(NetworkInterfaceView.Attachment attachment) {
        return new InterfaceAttachment(
                attachment.id().value(),
                attachment.instance().value(),
                attachment.deviceIndex(),
                attachment.attached().toString(),
                attachment.deleteOnTermination());
    }

    public static List<GroupName> groups(NetworkInterfaceView nic) {
        return nic.groups().stream()
                .map(g -> new GroupName(g.id().value(), g.name()))
                .toList();
    }

    /**
     * The changes of an instance that change its interface.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue, or an id's Malformed
     */
    static List<InstanceChange> changes(NetworkInterfaceId id, NetworkInterfacePatch patch) {
        return Stream.<Optional<? extends InstanceChange>>of(
                        Optional.ofNullable(patch.description())
                                .map(text -> new InstanceChange.InterfaceDescription(id, text)),
                        Optional.ofNullable(patch.securityGroupIds()).map(NetworkInterfaceForm::groupChange),
                        Optional.ofNullable(patch.sourceDestCheck()).map(InstanceChange.SourceDestCheck::new))
                .<InstanceChange>flatMap(Optional::stream)
                .toList();
    }

    private static InstanceChange groupChange(List<String> ids) {
        return new InstanceChange.Groups(
                Values.list(ids).stream().map(SecurityGroupId::new).toList());
    }
}
