package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * The calls that Terraform's AWS provider 5 makes for a resource's create, refresh, update and destroy, in its order and with its parameters, and the fields that it
 * reads back: a missing or other one is a plan that is never empty. It is a replay of what was recorded and not Terraform, which neither waits nor
 * retries as this does.
 */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class TerraformReplayIT {
    private static final String USER_DATA = "IyEvYmluL3NoCg==";

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;
    private String image;
    private String vpc;
    private String subnet;

    @BeforeAll
    void start() {
        tenant = tenants.create("terraform");
        image = tenant.image("terraform");
        vpc = call("DescribeVpcs", filter(1, "isDefault", "true")).at("vpcSet/item/vpcId");
        subnet = call("DescribeSubnets", filter(1, "vpc-id", vpc)).at("subnetSet/item/subnetId");
        assertThat(subnet).startsWith("subnet-");
    }

    private static String[] filter(int number, String name, String value) {
        return new String[] {"Filter." + number + ".Name=" + name, "Filter." + number + ".Value.1=" + value};
    }

    private static String[] words(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    private WireCall call(String action, String... parameters) {
        return WireCall.served(tenant, action, parameters);
    }

    private void gone(String code, String action, String... parameters) {
        WireCall.gone(tenant, code, action, parameters);
    }

    private static void reads(WireCall answer, String item, Map<String, String> fields) {
        answer.reads(item, fields);
    }

    private static String token() {
        return "terraform-" + UUID.randomUUID();
    }

    @Test
    void theImageAsData() {
        var shown = call(
                "DescribeImages",
                words(
                        words(filter(1, "name", "terra*"), filter(2, "virtualization-type", "hvm")),
                        "IncludeDeprecated=false",
                        "Owner.1=self"));
        reads(
                shown,
                "imagesSet/item",
                Map.ofEntries(
                        Map.entry("imageId", image),
                        Map.entry("name", "terraform"),
                        Map.entry("architecture", "x86_64"),
                        Map.entry("imageState", "available"),
                        Map.entry("imageType", "machine"),
                        Map.entry("imageOwnerId", tenant.account.value()),
                        Map.entry("isPublic", "false"),
                        Map.entry("rootDeviceName", "/dev/xvda"),
                        Map.entry("rootDeviceType", "ebs"),
                        Map.entry("virtualizationType", "hvm"),
                        Map.entry("blockDeviceMapping/item/deviceName", "/dev/xvda"),
                        Map.entry("blockDeviceMapping/item/ebs/deleteOnTermination", "true"),
                        Map.entry("blockDeviceMapping/item/ebs/volumeType", "gp3"),
                        Map.entry("blockDeviceMapping/item/ebs/volumeSize", "1"),
                        Map.entry("blockDeviceMapping/item/ebs/encrypted", "false")));
        assertThat(shown.at("imagesSet/item/creationDate")).matches("20.*Z");
        assertThat(shown.at("imagesSet/item/imageLocation")).isNotEmpty();
        assertThat(shown.at("imagesSet/item/platformDetails")).isEqualTo("Linux/UNIX");
        // It goes on without what any error of this call leaves out, but retries one that is not a 400.
        assertThat(WireCall.of(tenant, "GetInstanceUefiData", "InstanceId=" + image)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aSecurityGroup() {
        var id = call(
                        "CreateSecurityGroup",
                        "GroupDescription=Managed by Terraform",
                        "GroupName=terraform",
                        "TagSpecification.1.ResourceType=security-group",
                        "TagSpecification.1.Tag.1.Key=made",
                        "TagSpecification.1.Tag.1.Value=terraform",
                        "VpcId=" + vpc)
                .at("groupId");
        var one = "GroupId.1=" + id;
        reads(
                call("DescribeSecurityGroups", one),
                "securityGroupInfo/item",
                Map.of(
                        "groupId",
                        id,
                        "groupName",
                        "terraform",
                        "groupDescription",
                        "Managed by Terraform",
                        "vpcId",
                        vpc,
                        "ownerId",
                        tenant.account.value(),
                        "ipPermissionsEgress/item/ipProtocol",
                        "-1"));
        call("RevokeSecurityGroupEgress", words(anywhere("0.0.0.0/0"), "GroupId=" + id));
        assertThat(WireCall.of(
                                tenant,
                                "RevokeSecurityGroupEgress",
                                "GroupId=" + id,
                                "IpPermissions.1.FromPort=0",
                                "IpPermissions.1.IpProtocol=-1",
                                "IpPermissions.1.Ipv6Ranges.1.CidrIpv6=::/0",
                                "IpPermissions.1.ToPort=0")
                        .error())
                .as("which it tolerates")
                .isIn("", "InvalidPermission.NotFound");
        call("AuthorizeSecurityGroupIngress", words(ssh("10.0.0.0/8", "lab"), "GroupId=" + id));
        call("AuthorizeSecurityGroupEgress", words(anywhere("0.0.0.0/0"), "GroupId=" + id));
        var shown = call("DescribeSecurityGroups", one);
        reads(
                shown,
                "securityGroupInfo/item/ipPermissions/item",
                Map.of(
                        "ipProtocol",
                        "tcp",
                        "fromPort",
                        "22",
                        "toPort",
                        "22",
                        "ipRanges/item/cidrIp",
                        "10.0.0.0/8",
                        "ipRanges/item/description",
                        "lab"));
        reads(
                shown,
                "securityGroupInfo/item/ipPermissionsEgress/item",
                Map.of("ipProtocol", "-1", "ipRanges/item/cidrIp", "0.0.0.0/0"));

        call("RevokeSecurityGroupIngress", words(ssh("10.0.0.0/8", "lab"), "GroupId=" + id));
        call("AuthorizeSecurityGroupIngress", words(ssh("192.0.2.0/24", "home"), "GroupId=" + id));
        assertThat(call("DescribeSecurityGroups", one)
                        .all("securityGroupInfo/item/ipPermissions/item/ipRanges/item/cidrIp"))
                .containsExactly("192.0.2.0/24");

        assertThat(call("DescribeNetworkInterfaces", filter(1, "group-id", id)).all("networkInterfaceSet/item"))
                .isEmpty();
        call("DeleteSecurityGroup", "GroupId=" + id);
        gone("InvalidGroup.NotFound", "DescribeSecurityGroups", one);
    }

    private static String[] anywhere(String cidr) {
        return new String[] {
            "IpPermissions.1.FromPort=0",
            "IpPermissions.1.IpProtocol=-1",
            "IpPermissions.1.IpRanges.1.CidrIp=" + cidr,
            "IpPermissions.1.ToPort=0"
        };
    }

    private static String[] ssh(String cidr, String description) {
        return new String[] {
            "IpPermissions.1.FromPort=22",
            "IpPermissions.1.IpProtocol=tcp",
            "IpPermissions.1.IpRanges.1.CidrIp=" + cidr,
            "IpPermissions.1.IpRanges.1.Description=" + description,
            "IpPermissions.1.ToPort=22"
        };
    }

    @Test
    void aLaunchTemplate() {
        var id = call(
                        "CreateLaunchTemplate",
                        "ClientToken=" + token(),
                        "LaunchTemplateName=terraform",
                        "LaunchTemplateData.ImageId=" + image,
                        "LaunchTemplateData.InstanceType=t3.nano",
                        "LaunchTemplateData.UserData=" + USER_DATA,
                        "TagSpecification.1.ResourceType=launch-template",
                        "TagSpecification.1.Tag.1.Key=made",
                        "TagSpecification.1.Tag.1.Value=terraform")
                .at("launchTemplate/launchTemplateId");
        templateIs(id, "1", "t3.nano");

        call(
                "CreateLaunchTemplateVersion",
                "ClientToken=" + token(),
                "LaunchTemplateId=" + id,
                "LaunchTemplateData.ImageId=" + image,
                "LaunchTemplateData.InstanceType=t3.micro",
                "LaunchTemplateData.UserData=" + USER_DATA);
        call("ModifyLaunchTemplate", "ClientToken=" + token(), "LaunchTemplateId=" + id, "SetDefaultVersion=2");
        templateIs(id, "2", "t3.micro");

        call("DeleteLaunchTemplate", "LaunchTemplateId=" + id);
        gone("InvalidLaunchTemplateId.NotFound", "DescribeLaunchTemplates", "LaunchTemplateId.1=" + id);
    }

    private void templateIs(String id, String version, String type) {
        reads(
                call("DescribeLaunchTemplates", "LaunchTemplateId.1=" + id),
                "launchTemplates/item",
                Map.of(
                        "launchTemplateId",
                        id,
                        "launchTemplateName",
                        "terraform",
                        "defaultVersionNumber",
                        version,
                        "latestVersionNumber",
                        version,
                        "tagSet/item/key",
                        "made"));
        reads(
                call("DescribeLaunchTemplateVersions", "LaunchTemplateId=" + id, "LaunchTemplateVersion.1=" + version),
                "launchTemplateVersionSet/item",
                Map.of(
                        "versionNumber",
                        version,
                        "launchTemplateData/imageId",
                        image,
                        "launchTemplateData/instanceType",
                        type,
                        "launchTemplateData/userData",
                        USER_DATA));
    }

    @Test
    void anInstance() {
        var rootDevice = call("DescribeImages", "ImageId.1=" + image).at("imagesSet/item/rootDeviceName");
        var id = call(
                        "RunInstances",
                        "BlockDeviceMapping.1.DeviceName=" + rootDevice,
                        "BlockDeviceMapping.1.Ebs.DeleteOnTermination=true",
                        "BlockDeviceMapping.1.Ebs.Iops=3000",
                        "BlockDeviceMapping.1.Ebs.Throughput=125",
                        "BlockDeviceMapping.1.Ebs.VolumeSize=2",
                        "BlockDeviceMapping.1.Ebs.VolumeType=gp3",
                        "ClientToken=" + token(),
                        "DisableApiTermination=false",
                        "EbsOptimized=false",
                        "HibernationOptions.Configured=false",
                        "ImageId=" + image,
                        "InstanceInitiatedShutdownBehavior=stop",
                        "InstanceType=t3.nano",
                        "MaxCount=1",
                        "MetadataOptions.HttpEndpoint=enabled",
                        "MetadataOptions.HttpPutResponseHopLimit=2",
                        "MetadataOptions.HttpTokens=required",
                        "MetadataOptions.InstanceMetadataTags=disabled",
                        "MinCount=1",
                        "Monitoring.Enabled=false",
                        "Placement.AvailabilityZone=",
                        "SubnetId=" + subnet,
                        "TagSpecification.1.ResourceType=instance",
                        "TagSpecification.1.Tag.1.Key=Name",
                        "TagSpecification.1.Tag.1.Value=terraform",
                        "UserData=" + USER_DATA)
                .at("instancesSet/item/instanceId");
        awaitState(id, "running");
        refreshed(id, "t3.nano", "required", "disabled", USER_DATA);

        call("CreateTags", "ResourceId.1=" + id, "Tag.1.Key=Name", "Tag.1.Value=renamed");
        call("DeleteTags", "ResourceId.1=" + id, "Tag.1.Key=old");
        power(id, "StopInstances", "stopped", "Force=false");
        call("ModifyInstanceAttribute", "InstanceId=" + id, "InstanceType.Value=t3.micro");
        power(id, "StartInstances", "running");
        power(id, "StopInstances", "stopped", "Force=false");
        call("ModifyInstanceAttribute", "InstanceId=" + id, "UserData.Value=IyEvYmluL2Jhc2gK");
        power(id, "StartInstances", "running");
        call("ModifyInstanceAttribute", "DisableApiTermination.Value=true", "InstanceId=" + id);
        call("ModifyInstanceAttribute", "DisableApiStop.Value=true", "InstanceId=" + id);
        call("ModifyInstanceAttribute", "InstanceId=" + id, "InstanceInitiatedShutdownBehavior.Value=terminate");
        call(
                "ModifyInstanceMetadataOptions",
                "HttpEndpoint=enabled",
                "HttpPutResponseHopLimit=2",
                "HttpTokens=optional",
                "InstanceId=" + id,
                "InstanceMetadataTags=enabled");
        call("MonitorInstances", "InstanceId.1=" + id);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> describe(id).at(INSTANCE + "metadataOptions/state").equals("applied"));
        refreshed(id, "t3.micro", "optional", "enabled", "IyEvYmluL2Jhc2gK");
        assertThat(describe(id).all(INSTANCE + "tagSet/item/value")).containsExactly("renamed");
        attributes(id, Map.of("disableApiTermination", "true", "disableApiStop", "true"));
        attributes(id, Map.of("instanceInitiatedShutdownBehavior", "terminate"));

        call("ModifyInstanceAttribute", "DisableApiStop.Value=false", "InstanceId=" + id);
        call("ModifyInstanceAttribute", "DisableApiTermination.Value=false", "InstanceId=" + id);
        call("TerminateInstances", "InstanceId.1=" + id);
        awaitState(id, "terminated");
    }

    private static final String INSTANCE = "reservationSet/item/instancesSet/item/";

    private WireCall describe(String id) {
        return call("DescribeInstances", "InstanceId.1=" + id);
    }

    private void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> describe(id).at(INSTANCE + "instanceState/name").equals(state));
    }

    private void power(String id, String action, String state, String... more) {
        call(action, words(more, "InstanceId.1=" + id));
        awaitState(id, state);
    }

    private void attributes(String id, Map<String, String> wanted) {
        wanted.forEach(
                (name, value) -> assertThat(call("DescribeInstanceAttribute", "Attribute=" + name, "InstanceId=" + id)
                                .at(name + "/value"))
                        .as(name)
                        .isEqualTo(value));
    }

    /** Every call of a refresh. */
    private void refreshed(String id, String type, String tokens, String tags, String userData) {
        var shown = describe(id);
        reads(
                shown,
                "reservationSet/item/instancesSet/item",
                Map.ofEntries(
                        Map.entry("instanceId", id),
                        Map.entry("imageId", image),
                        Map.entry("instanceType", type),
                        Map.entry("instanceState/name", "running"),
                        Map.entry("placement/availabilityZone", "us-east-1a"),
                        Map.entry("placement/tenancy", "default"),
                        Map.entry("subnetId", subnet),
                        Map.entry("vpcId", vpc),
                        Map.entry("ebsOptimized", "false"),
                        Map.entry("sourceDestCheck", "true"),
                        Map.entry("hibernationOptions/configured", "false"),
                        Map.entry("enclaveOptions/enabled", "false"),
                        Map.entry("maintenanceOptions/autoRecovery", "default"),
                        Map.entry("metadataOptions/httpEndpoint", "enabled"),
                        Map.entry("metadataOptions/httpPutResponseHopLimit", "2"),
                        Map.entry("metadataOptions/httpProtocolIpv6", "disabled"),
                        Map.entry("metadataOptions/httpTokens", tokens),
                        Map.entry("metadataOptions/instanceMetadataTags", tags),
                        Map.entry("privateDnsNameOptions/hostnameType", "ip-name"),
                        Map.entry("rootDeviceName", "/dev/xvda"),
                        Map.entry("rootDeviceType", "ebs"),
                        Map.entry("groupSet/item/groupName", "default"),
                        Map.entry("blockDeviceMapping/item/deviceName", "/dev/xvda"),
                        Map.entry("blockDeviceMapping/item/ebs/deleteOnTermination", "true"),
                        Map.entry("networkInterfaceSet/item/attachment/deviceIndex", "0"),
                        Map.entry("networkInterfaceSet/item/attachment/status", "attached"),
                        Map.entry("networkInterfaceSet/item/sourceDestCheck", "true"),
                        Map.entry("networkInterfaceSet/item/subnetId", subnet),
                        Map.entry("networkInterfaceSet/item/privateIpAddressesSet/item/primary", "true")));
        assertThat(shown.all(INSTANCE + "instanceLifecycle")).isEmpty();
        assertThat(shown.all(INSTANCE + "iamInstanceProfile")).isEmpty();
        for (var there : List.of("privateIpAddress", "privateDnsName", "ipAddress", "launchTime", "monitoring/state")) {
            assertThat(shown.at(INSTANCE + there)).as(there).isNotEmpty();
        }
        for (var number : List.of("cpuOptions/coreCount", "cpuOptions/threadsPerCore")) {
            assertThat(shown.at(INSTANCE + number)).as(number).matches("[1-9]");
        }
        assertThat(call("DescribeInstanceTypes", "InstanceType.1=" + type)
                        .at("instanceTypeSet/item/burstablePerformanceSupported"))
                .isEqualTo("true");
        assertThat(call(
                                "DescribeTags",
                                words(filter(1, "resource-id", id), filter(2, "key", "aws:ec2launchtemplate:id")))
                        .all("tagSet/item"))
                .isEmpty();
        assertThat(call("DescribeVpcs", "VpcId.1=" + vpc).at("vpcSet/item/isDefault"))
                .isEqualTo("true");
        reads(
                call("DescribeVolumes", "VolumeId.1=" + shown.at(INSTANCE + "blockDeviceMapping/item/ebs/volumeId")),
                "volumeSet/item",
                Map.of(
                        "size",
                        "2",
                        "volumeType",
                        "gp3",
                        "iops",
                        "3000",
                        "throughput",
                        "125",
                        "encrypted",
                        "false",
                        "attachmentSet/item/instanceId",
                        id));
        for (var name : List.of("instanceInitiatedShutdownBehavior", "disableApiStop", "disableApiTermination")) {
            assertThat(call("DescribeInstanceAttribute", "Attribute=" + name, "InstanceId=" + id)
                            .at(name + "/value"))
                    .as(name)
                    .isNotEmpty();
        }
        attributes(id, Map.of("userData", userData));
        assertThat(call("DescribeInstanceCreditSpecifications", "InstanceId.1=" + id)
                        .at("instanceCreditSpecificationSet/item/cpuCredits"))
                .isIn("standard", "unlimited");
    }
}
