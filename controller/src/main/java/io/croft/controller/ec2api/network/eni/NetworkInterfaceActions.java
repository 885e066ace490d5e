package io.croft.controller.ec2api.network.eni;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.network.eni.NetworkInterfaces;
import io.croft.types.ErrorCode;
import io.croft.types.InterfaceAttachmentId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.ModifyNetworkInterfaceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResetNetworkInterfaceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetNetworkInterfaceAttributeResponse;

/** The actions on network interfaces. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "AttachmentId", is = ErrorCode.ATTACHMENT_NOT_FOUND)})
class NetworkInterfaceActions {
    private final NetworkInterfaces interfaces;
    private final Instances instances;
    private final AvailabilityZones zones;

    NetworkInterfaceActions(NetworkInterfaces interfaces, Instances instances, AvailabilityZones zones) {
        this.interfaces = interfaces;
        this.instances = instances;
        this.zones = zones;
    }

    @Action(
            supports = {"NetworkInterfaceId", "Filter.*", "MaxResults", "NextToken"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeNetworkInterfacesResponse describeNetworkInterfaces(
            Caller caller, DescribeNetworkInterfacesRequest request) {
        var page = interfaces.describe(
                caller,
                Queries.of(
                        request.networkInterfaceIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items().stream()
                        .map(n -> NetworkInterfaceForm.write(
                                n, zones.require(n.zone()).id()))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Action(supports = {"NetworkInterfaceId", "Attribute"})
    DescribeNetworkInterfaceAttributeResponse describeNetworkInterfaceAttribute(
            Caller caller, DescribeNetworkInterfaceAttributeRequest request) {
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        return NetworkInterfaceForm.write(attribute, existing(caller, request.networkInterfaceId()));
    }

    private NetworkInterfaceView existing(Caller caller, @Nullable String id) {
        return interfaces.require(caller, new NetworkInterfaceId(Given.value(id, "NetworkInterfaceId")));
    }

    /** An instance has one interface and takes it with it: what is changed of the interface is changed of the instance. */
    @Action(
            supports = {
                "NetworkInterfaceId",
                "Description.Value",
                "SecurityGroupId",
                "SourceDestCheck.Value",
                "Attachment.AttachmentId"
            },
            accepts = "Attachment.DeleteOnTermination=true",
            keepsEmpty = "Description.Value")
    ModifyNetworkInterfaceAttributeResponse modifyNetworkInterfaceAttribute(
            Caller caller, ModifyNetworkInterfaceAttributeRequest request) {
        var nic = existing(caller, request.networkInterfaceId());
        requireOne(request);
        if (request.description() != null) {
            interfaces.setDescription(
                    caller, nic.id(), Given.value(request.description().value(), "Description.Value"));
        } else if (request.sourceDestCheck() != null) {
            change(
                    caller,
                    nic,
                    new InstanceChange.SourceDestCheck(
                            Given.value(request.sourceDestCheck().value(), "SourceDestCheck.Value")));
        } else if (!request.groups().isEmpty()) {
            change(
                    caller,
                    nic,
                    new InstanceChange.Groups(
                            request.groups().stream().map(SecurityGroupId::new).toList()));
        } else {
            requireAttachment(nic, Given.value(request.attachment().attachmentId(), "Attachment.AttachmentId"));
        }
        return ModifyNetworkInterfaceAttributeResponse.builder().build();
    }

    private static void requireOne(ModifyNetworkInterfaceAttributeRequest request) {
        var given = Stream.of(request.description(), request.sourceDestCheck(), request.attachment())
                        .filter(Objects::nonNull)
                        .count()
                + (request.groups().isEmpty() ? 0 : 1);
        if (given != 1) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    given == 0 ? "No attributes specified." : "Fields for multiple attribute types specified");
        }
    }

    private static void requireAttachment(NetworkInterfaceView nic, String id) {
        var attachment = nic.attachment();
        if (attachment == null || !attachment.id().equals(new InterfaceAttachmentId(id))) {
            throw new CloudException(
                    ErrorCode.ATTACHMENT_NOT_FOUND,
                    "The attachment '" + id + "' does not belong to the network interface '" + nic.id() + "'");
        }
    }

    private void change(Caller caller, NetworkInterfaceView nic, InstanceChange change) {
        instances.modify(caller, nic.requireInstance(), change);
    }

    @Action(supports = {"NetworkInterfaceId", "SourceDestCheck"})
    ResetNetworkInterfaceAttributeResponse resetNetworkInterfaceAttribute(
            Caller caller, ResetNetworkInterfaceAttributeRequest request) {
        var nic = existing(caller, request.networkInterfaceId());
        Given.value(request.sourceDestCheck(), "SourceDestCheck");
        change(caller, nic, new InstanceChange.SourceDestCheck(true));
        return ResetNetworkInterfaceAttributeResponse.builder().build();
    }
}
