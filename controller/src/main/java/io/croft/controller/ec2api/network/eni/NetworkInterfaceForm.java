package io.croft.controller.ec2api.network.eni;

import io.croft.controller.awsedge.Given;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.network.securitygroup.GroupName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.InstancePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;

/** A network interface as EC2 writes it: by itself, and as a part of an instance. */
public final class NetworkInterfaceForm {
    /** Who owns public addresses that come and go with an instance. */
    private static final String DEPLOYMENT = "amazon";

    private NetworkInterfaceForm() {}

    static NetworkInterface write(NetworkInterfaceView nic, String zoneId) {
        return NetworkInterface.builder()
                .networkInterfaceId(nic.id().value())
                .ownerId(nic.owner().value())
                .vpcId(nic.vpc().value())
                .subnetId(nic.subnet().value())
                .availabilityZone(nic.zone())
                .availabilityZoneId(zoneId)
                .description(nic.description())
                .interfaceType("interface")
                .macAddress(nic.mac())
                .status(nic.status().ec2Name())
                .sourceDestCheck(nic.sourceDestCheck())
                .requesterManaged(false)
                .privateIpAddress(nic.privateAddress())
                .privateDnsName(nic.privateDnsName())
                .privateIpAddresses(NetworkInterfacePrivateIpAddress.builder()
                        .primary(true)
                        .privateIpAddress(nic.privateAddress())
                        .privateDnsName(nic.privateDnsName())
                        .association(association(nic))
                        .build())
                .ipv6Addresses(List.of())
                .association(association(nic))
                .attachment(attachment(nic))
                .groups(groups(nic.groups()))
                .tagSet(TagForm.write(nic.tags()))
                .build();
    }

    /**
     * Writes one attribute.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue for an attribute that EC2 has not got
     */
    static DescribeNetworkInterfaceAttributeResponse write(String attribute, NetworkInterfaceView nic) {
        var filled = DescribeNetworkInterfaceAttributeResponse.builder()
                .networkInterfaceId(nic.id().value());
        switch (attribute) {
            case "description" -> filled.description(d -> d.value(nic.description()));
            case "groupSet" -> filled.groups(groups(nic.groups()));
            case "sourceDestCheck" -> filled.sourceDestCheck(c -> c.value(nic.sourceDestCheck()));
            case "attachment" -> filled.attachment(attachment(nic));
            case "associatePublicIpAddress" -> filled.associatePublicIpAddress(nic.wantsPublicAddress());
            default -> throw Given.invalid("Attribute", attribute);
        }
        return filled.build();
    }

    public static InstanceNetworkInterface writeForInstance(NetworkInterfaceView nic) {
        return InstanceNetworkInterface.builder()
                .networkInterfaceId(nic.id().value())
                .ownerId(nic.owner().value())
                .vpcId(nic.vpc().value())
                .subnetId(nic.subnet().value())
                .description(nic.description())
                .interfaceType("interface")
                .macAddress(nic.mac())
                .status(nic.status().ec2Name())
                .sourceDestCheck(nic.sourceDestCheck())
                .privateIpAddress(nic.privateAddress())
                .privateDnsName(nic.privateDnsName())
                .privateIpAddresses(InstancePrivateIpAddress.builder()
                        .primary(true)
                        .privateIpAddress(nic.privateAddress())
                        .privateDnsName(nic.privateDnsName())
                        .association(instanceAssociation(nic))
                        .build())
                .ipv6Addresses(List.of())
                .association(instanceAssociation(nic))
                .attachment(instanceAttachment(nic))
                .groups(groups(nic.groups()))
                .build();
    }

    public static List<GroupIdentifier> groups(List<GroupName> groups) {
        return groups.stream()
                .map(g -> GroupIdentifier.builder()
                        .groupId(g.id().value())
                        .groupName(g.name())
                        .build())
                .toList();
    }

    /** An elastic address is its account's own. */
    private static String publicOwner(NetworkInterfaceView nic) {
        return nic.elastic() == null ? DEPLOYMENT : nic.owner().value();
    }

    private static @Nullable NetworkInterfaceAssociation association(NetworkInterfaceView nic) {
        var elastic = nic.elastic();
        return nic.publicAddress() == null
                ? null
                : NetworkInterfaceAssociation.builder()
                        .allocationId(elastic == null ? null : elastic.id().value())
                        .associationId(
                                elastic == null ? null : elastic.association().value())
                        .ipOwnerId(publicOwner(nic))
                        .publicIp(nic.publicAddress())
                        .publicDnsName(nic.publicDnsName())
                        .build();
    }

    private static @Nullable InstanceNetworkInterfaceAssociation instanceAssociation(NetworkInterfaceView nic) {
        return nic.publicAddress() == null
                ? null
                : InstanceNetworkInterfaceAssociation.builder()
                        .ipOwnerId(publicOwner(nic))
                        .publicIp(nic.publicAddress())
                        .publicDnsName(nic.publicDnsName())
                        .build();
    }

    private static @Nullable NetworkInterfaceAttachment attachment(NetworkInterfaceView nic) {
        var attachment = nic.attachment();
        return attachment == null
                ? null
                : NetworkInterfaceAttachment.builder()
                        .attachmentId(attachment.id().value())
                        .instanceId(attachment.instance().value())
                        .instanceOwnerId(attachment.instanceOwner().value())
                        .deviceIndex(attachment.deviceIndex())
                        .networkCardIndex(0)
                        .status("attached")
                        .attachTime(attachment.attached())
                        .deleteOnTermination(attachment.deleteOnTermination())
                        .build();
    }

    private static @Nullable InstanceNetworkInterfaceAttachment instanceAttachment(NetworkInterfaceView nic) {
        var attachment = nic.attachment();
        return attachment == null
                ? null
                : InstanceNetworkInterfaceAttachment.builder()
                        .attachmentId(attachment.id().value())
                        .deviceIndex(attachment.deviceIndex())
                        .networkCardIndex(0)
                        .status("attached")
                        .attachTime(attachment.attached())
                        .deleteOnTermination(attachment.deleteOnTermination())
                        .build();
    }
}
