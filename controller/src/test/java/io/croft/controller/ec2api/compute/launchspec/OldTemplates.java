package io.croft.controller.ec2api.compute.launchspec;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

/** The data of launch templates with every parameter that was taken while they were kept in AWS's words. What is taken since does not belong here. */
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
public final class OldTemplates {
    static final RequestLaunchTemplateData WITH_AN_INTERFACE = RequestLaunchTemplateData.builder()
            .imageId("golden")
            .instanceType("t3.nano")
            .keyName("k")
            .userData("#!/bin/sh\n")
            .networkInterfaces(n -> n.deviceIndex(0)
                    .subnetId("subnet-0123456789abcdef0")
                    .groups("sg-0123456789abcdef0", "sg-0123456789abcdef1")
                    .privateIpAddress("172.31.0.9")
                    .associatePublicIpAddress(false)
                    .description("")
                    .deleteOnTermination(true)
                    .interfaceType("interface")
                    .ipv6AddressCount(0)
                    .networkCardIndex(0))
            .placement(p -> p.availabilityZone("us-east-1a")
                    .groupName("rows")
                    .partitionNumber(2)
                    .tenancy("default"))
            .blockDeviceMappings(b -> b.deviceName("/dev/xvda")
                    .ebs(e -> e.volumeSize(9)
                            .volumeType("io2")
                            .iops(4000)
                            .throughput(500)
                            .deleteOnTermination(false)
                            .encrypted(false)))
            .metadataOptions(m -> m.httpEndpoint("disabled")
                    .httpTokens("optional")
                    .httpPutResponseHopLimit(3)
                    .instanceMetadataTags("enabled")
                    .httpProtocolIpv6("disabled"))
            .hibernationOptions(h -> h.configured(true))
            .instanceInitiatedShutdownBehavior("terminate")
            .disableApiTermination(true)
            .disableApiStop(false)
            .ebsOptimized(false)
            .maintenanceOptions(m -> m.autoRecovery("disabled"))
            .monitoring(m -> m.enabled(true))
            .tagSpecifications(
                    s -> s.resourceType("volume").tags(t -> t.key("of").value("web")),
                    s -> s.resourceType("network-interface")
                            .tags(t -> t.key("a b").value("é"), t -> t.key("b").value("")),
                    s -> s.resourceType("instance").tags(t -> t.key("Name").value("web")))
            .capacityReservationSpecification(c -> c.capacityReservationPreference("open"))
            .creditSpecification(c -> c.cpuCredits("unlimited"))
            .enclaveOptions(e -> e.enabled(false))
            .privateDnsNameOptions(p -> p.hostnameType("ip-name")
                    .enableResourceNameDnsARecord(false)
                    .enableResourceNameDnsAAAARecord(false))
            .build();
    static final RequestLaunchTemplateData WITHOUT_ONE = RequestLaunchTemplateData.builder()
            .securityGroupIds("sg-0123456789abcdef0")
            .securityGroups("web", "db")
            .placement(p -> p.groupId("pg-0123456789abcdef0"))
            .blockDeviceMappings(b -> b.deviceName("/dev/xvda"))
            .instanceInitiatedShutdownBehavior("stop")
            .maintenanceOptions(m -> m.autoRecovery("default"))
            .metadataOptions(m -> m.httpTokens("required"))
            .build();
    static final RequestLaunchTemplateData OF_NOTHING =
            RequestLaunchTemplateData.builder().build();
    public static final List<RequestLaunchTemplateData> ALL = List.of(WITH_AN_INTERFACE, WITHOUT_ONE, OF_NOTHING);

    private OldTemplates() {}
}
