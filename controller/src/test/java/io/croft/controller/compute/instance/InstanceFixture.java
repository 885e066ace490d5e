package io.croft.controller.compute.instance;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Instances in the tests of all nouns. */
public final class InstanceFixture implements NounFixture {
    /** One that may be hibernated, of an image of its own with that name. */
    public static Instance launch(Tenant tenant, String imageName) {
        var image = tenant.image(imageName);
        return tenant.ec2
                .runInstances(r -> r.imageId(image)
                        .instanceType("t3.nano")
                        .minCount(1)
                        .maxCount(1)
                        .hibernationOptions(h -> h.configured(true)))
                .instances()
                .getFirst();
    }

    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of("instance", launch(tenant, "of an instance").instanceId());
    }

    @Override
    public String actions() {
        return """
                DescribeInstances DescribeInstanceStatus StartInstances StopInstances RebootInstances TerminateInstances \
                    | InstanceId.1={instance} | InvalidInstanceID.NotFound
                MonitorInstances UnmonitorInstances DescribeInstanceTopology DescribeInstanceCreditSpecifications \
                    | InstanceId.1={instance} | InvalidInstanceID.NotFound
                GetConsoleOutput GetConsoleScreenshot GetPasswordData GetInstanceUefiData GetLaunchTemplateData \
                    | InstanceId={instance} | InvalidInstanceID.NotFound
                ModifyInstanceMaintenanceOptions ModifyInstanceMetadataOptions | InstanceId={instance} | InvalidInstanceID.NotFound
                ModifyInstanceCreditSpecification \
                    | InstanceCreditSpecification.1.InstanceId={instance}&InstanceCreditSpecification.1.CpuCredits=unlimited \
                    | <successfulInstanceCreditSpecificationSet/>
                DescribeIamInstanceProfileAssociations | Filter.1.Name=instance-id&Filter.1.Value.1={instance} | AssociationSet/>
                DescribeInstanceAttribute | InstanceId={instance}&Attribute=userData        | InvalidInstanceID.NotFound
                ModifyInstanceAttribute   | InstanceId={instance}&DisableApiStop.Value=true | InvalidInstanceID.NotFound
                ModifyInstancePlacement   | InstanceId={instance}&Tenancy=default           | InvalidInstanceID.NotFound
                ResetInstanceAttribute    | InstanceId={instance}&Attribute=sourceDestCheck | InvalidInstanceID.NotFound
                RunInstances | ImageId={image}&InstanceType=t3.nano&MinCount=1&MaxCount=1 | InvalidAMIID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeInstances  | InstanceId.1=                                   | InvalidInstanceID.Malformed
                DescribeInstances  | InstanceId.1={instance}&InstanceId.2=           | InvalidInstanceID.Malformed
                DescribeInstances  | InstanceId=                                     | InvalidParameterValue
                DescribeInstances  | Filter=                                         | InvalidParameterValue
                DescribeInstances  | Filter.1.Name=&Filter.1.Value.1=x               | InvalidParameterValue
                DescribeInstances  | MaxResults=                                     | InvalidParameterValue
                TerminateInstances | InstanceId.1=                                   | InvalidInstanceID.Malformed
                RunInstances | {launch}&InstanceType=     | InvalidParameterValue
                RunInstances | {launch}&InstanceInitiatedShutdownBehavior= | InvalidParameterValue
                RunInstances | {launch}&IamInstanceProfile.Name=x | UnsupportedOperation
                RunInstances | ImageId={image}&MaxCount=1                            | MissingParameter
                StartInstances StopInstances RebootInstances TerminateInstances MonitorInstances UnmonitorInstances \
                    | | InvalidParameterCombination
                ModifyInstanceAttribute | InstanceId={instance}&UserData.Value=%3F   | InvalidUserData.Malformed
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeInstances: affinity architecture availability-zone availability-zone-id
                    block-device-mapping.attach-time block-device-mapping.delete-on-termination
                    block-device-mapping.device-name block-device-mapping.status block-device-mapping.volume-id
                    capacity-reservation-id capacity-reservation-specification.capacity-reservation-preference
                    capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id
                    capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn
                    client-token current-instance-boot-mode dns-name ebs-optimized ena-support
                    enclave-options.enabled group-id group-name hibernation-options.configured host-id hypervisor
                    iam-instance-profile.arn image-id instance-id instance-lifecycle instance-state-code
                    instance-state-name instance-type instance.group-id instance.group-name ip-address ipv6-address
                    kernel-id key-name launch-index launch-time maintenance-options.auto-recovery
                    metadata-options.http-endpoint metadata-options.http-protocol-ipv4
                    metadata-options.http-protocol-ipv6 metadata-options.http-put-response-hop-limit
                    metadata-options.http-tokens metadata-options.instance-metadata-tags metadata-options.state
                    monitoring-state network-interface.addresses.association.allocation-id
                    network-interface.addresses.association.association-id
                    network-interface.addresses.association.carrier-ip
                    network-interface.addresses.association.customer-owned-ip
                    network-interface.addresses.association.ip-owner-id
                    network-interface.addresses.association.public-dns-name
                    network-interface.addresses.association.public-ip network-interface.addresses.primary
                    network-interface.addresses.private-dns-name network-interface.addresses.private-ip-address
                    network-interface.association.allocation-id network-interface.association.association-id
                    network-interface.association.carrier-ip network-interface.association.customer-owned-ip
                    network-interface.association.ip-owner-id network-interface.association.public-dns-name
                    network-interface.association.public-ip network-interface.attachment.attach-time
                    network-interface.attachment.attachment-id network-interface.attachment.delete-on-termination
                    network-interface.attachment.device-index network-interface.attachment.instance-id
                    network-interface.attachment.instance-owner-id network-interface.attachment.network-card-index
                    network-interface.attachment.status network-interface.availability-zone
                    network-interface.deny-all-igw-traffic network-interface.description network-interface.group-id
                    network-interface.group-name network-interface.ipv4-prefixes.ipv4-prefix
                    network-interface.ipv6-addresses.ipv6-address network-interface.ipv6-addresses.is-primary-ipv6
                    network-interface.ipv6-native network-interface.ipv6-prefixes.ipv6-prefix
                    network-interface.mac-address network-interface.network-interface-id
                    network-interface.operator.managed network-interface.operator.principal
                    network-interface.owner-id network-interface.private-dns-name
                    network-interface.private-ip-address network-interface.public-dns-name
                    network-interface.requester-id network-interface.requester-managed
                    network-interface.source-dest-check network-interface.status network-interface.subnet-id
                    network-interface.tag-key network-interface.tag-value network-interface.vpc-id
                    network-performance-options.bandwidth-weighting operator.managed operator.principal outpost-arn
                    owner-id placement-group-name placement-partition-number platform private-dns-name
                    private-dns-name-options.enable-resource-name-dns-a-record
                    private-dns-name-options.enable-resource-name-dns-aaaa-record
                    private-dns-name-options.hostname-type private-ip-address product-code product-code.type
                    ramdisk-id reason requester-id reservation-id root-device-name root-device-type
                    source-dest-check spot-instance-request-id state-reason-code state-reason-message subnet-id
                    tag-key tenancy tpm-support usage-operation usage-operation-update-time virtualization-type
                    vpc-id
                DescribeInstanceStatus: attached-ebs-status.status availability-zone availability-zone-id event.code
                    event.description event.instance-event-id event.not-after event.not-before
                    event.not-before-deadline instance-state-code instance-state-name instance-status.reachability
                    instance-status.status operator.managed operator.principal system-status.reachability
                    system-status.status
                DescribeInstanceTopology: availability-zone instance-type zone-id
                DescribeInstanceCreditSpecifications: instance-id
                DescribeIamInstanceProfileAssociations: instance-id state
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/instances
                POST /v1/instances
                GET /v1/instances/{id}
                PATCH /v1/instances/{id} | {}
                DELETE /v1/instances/{id}
                POST /v1/instances/{id}/start
                POST /v1/instances/{id}/stop
                POST /v1/instances/{id}/reboot
                GET /v1/instances/{id}/console
                GET /v1/instances/{id}/cpu-credits
                GET /v1/instances/{id}/launch-template-data
                GET /v1/instances/{id}/password-data
                GET /v1/instances/{id}/screenshot
                GET /v1/instances/{id}/status
                GET /v1/instances/{id}/user-data
                GET /v1/instance-statuses
                GET /v1/instance-topologies
                """;
    }
}
