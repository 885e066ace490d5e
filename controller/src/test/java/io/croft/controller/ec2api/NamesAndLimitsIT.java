package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** What EC2 says to names, numbers and texts that are none, or too many. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesAndLimitsIT {
    private static final String SCRIPT = "#!/bin/sh\n" + "echo hello\n".repeat(100);

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;
    private String image;
    private String group;
    private String rule;
    private String instance;

    @BeforeAll
    void start() {
        tenant = tenants.create("names");
        image = tenant.image("names");
        group = tenant.ec2
                .createSecurityGroup(r -> r.groupName("Names").description("names"))
                .groupId();
        rule = tenant.ec2
                .authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .cidrIp("10.0.0.0/8"))
                .securityGroupRules()
                .getFirst()
                .securityGroupRuleId();
        instance = tenant.ec2
                .runInstances(r ->
                        r.imageId(image).instanceType("t3.nano").minCount(1).maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DescribeInstances              | InstanceId.1=                                        | InvalidInstanceID.Malformed
            DescribeInstances              | InstanceId.1={instance}&InstanceId.2=                | InvalidInstanceID.Malformed
            DescribeInstances              | InstanceId=                                          | InvalidParameterValue
            DescribeInstances              | Filter=                                              | InvalidParameterValue
            DescribeInstances              | Filter.1.Name=&Filter.1.Value.1=x                    | InvalidParameterValue
            DescribeInstances              | MaxResults=                                          | InvalidParameterValue
            DescribeRegions                | Filter.1.Name=region-name                            | InvalidParameterValue
            DescribeAvailabilityZones      | Filter.1.Name=state&Filter.1.Value.1=none&Filter.2.Name=nonsense&Filter.2.Value.1=x | InvalidParameterValue
            DescribeAvailabilityZones      | ZoneName.1=                                          | InvalidParameterValue
            DescribeImages                 | ImageId.1=                                           | InvalidAMIID.Malformed
            DescribeImages                 | Owner.1=                                             | InvalidParameterValue
            DescribeSubnets                | SubnetId.1=                                          | InvalidSubnetID.NotFound
            DescribeVpcs                   | VpcId.1=                                             | InvalidVpcID.NotFound
            DescribeVolumes                | VolumeId.1=                                          | InvalidVolumeID.Malformed
            DescribeSecurityGroups         | GroupId.1=                                           | InvalidGroupId.Malformed
            DescribeSecurityGroups         | GroupName.1=                                         | InvalidGroup.NotFound
            DescribeKeyPairs               | KeyName.1=                                           | InvalidKeyPair.NotFound
            DescribeNetworkInterfaces      | NetworkInterfaceId.1=                                | InvalidNetworkInterfaceId.Malformed
            DescribeLaunchTemplates        | LaunchTemplateName.1=                                | InvalidLaunchTemplateName.NotFoundException
            DescribePlacementGroups        | GroupName.1=                                         | InvalidPlacementGroup.Unknown
            TerminateInstances             | InstanceId.1=                                        | InvalidInstanceID.Malformed
            RunInstances                   | {launch}&KeyName=                                    | InvalidKeyPair.NotFound
            RunInstances                   | {launch}&SecurityGroupId.1=                          | InvalidGroupId.Malformed
            RunInstances                   | {launch}&SecurityGroup.1=                            | InvalidGroup.NotFound
            RunInstances                   | {launch}&SubnetId=                                   | InvalidSubnetID.NotFound
            RunInstances                   | {launch}&PrivateIpAddress=                           | InvalidParameterValue
            RunInstances                   | {launch}&PrivateIpAddress=172.31.0.9/32              | InvalidParameterValue
            RunInstances                   | {launch}&PrivateIpAddress=172.31.0.9/20              | InvalidParameterValue
            RunInstances                   | {launch}&PrivateIpAddress=172.31.9                   | InvalidParameterValue
            RunInstances                   | {launch}&InstanceType=                               | InvalidParameterValue
            RunInstances                   | {launch}&LaunchTemplate.LaunchTemplateId=            | InvalidLaunchTemplateId.Malformed
            RunInstances                   | {launch}&LaunchTemplate.LaunchTemplateName=          | InvalidLaunchTemplateName.NotFoundException
            RunInstances                   | {launch}&Placement.GroupName=                        | InvalidPlacementGroup.Unknown
            RunInstances                   | {launch}&InstanceInitiatedShutdownBehavior=          | InvalidParameterValue
            RunInstances                   | {launch}&NetworkInterface.1.DeviceIndex=0&NetworkInterface.1.SubnetId= | InvalidSubnetID.NotFound
            CreateKeyPair                  | KeyName=                                             | InvalidParameterValue
            CreateSecurityGroup            | GroupName=&GroupDescription=x                        | InvalidParameterValue
            CreateSecurityGroup            | GroupName=x&GroupDescription=                        | MissingParameter
            CreateTags                     | ResourceId.1=&Tag.1.Key=a                            | InvalidID
            CreateTags                     | ResourceId.1={instance}&Tag.1.Key=                   | InvalidParameterValue
            DeleteTags                     | ResourceId.1={instance}&Tag.1.Key=                   | InvalidParameterValue
            StartInstances                 | ``                                                   | InvalidParameterCombination
            StopInstances                  | ``                                                   | InvalidParameterCombination
            RebootInstances                | ``                                                   | InvalidParameterCombination
            TerminateInstances             | ``                                                   | InvalidParameterCombination
            MonitorInstances               | ``                                                   | InvalidParameterCombination
            UnmonitorInstances             | ``                                                   | InvalidParameterCombination
            CreateSecurityGroup            | GroupName=%20names%20&GroupDescription=x             | InvalidGroup.Duplicate
            AuthorizeSecurityGroupIngress  | GroupId={group}&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8 | InvalidParameterValue
            AuthorizeSecurityGroupIngress  | GroupId={group}&CidrIp=10.0.0.0/8                    | InvalidParameterValue
            AuthorizeSecurityGroupIngress  | GroupId={group}&IpPermissions.1.IpProtocol=-1        | MissingParameter
            ModifySecurityGroupRules       | {change}&SecurityGroupRule.1.SecurityGroupRule.CidrIpv6=::/0 | InvalidParameterValue
            ModifySecurityGroupRules       | {change}&SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId={group} | InvalidParameterValue
            ModifySecurityGroupRules       | {change}                                             | MissingParameter
            DescribeSecurityGroupRules     | Filter.1.Name=group-id&Filter.1.Value.1=nonsense     | InvalidGroupId.Malformed
            DescribeSecurityGroupRules     | Filter.1.Name=group-id&Filter.1.Value.1=             | InvalidGroupId.Malformed
            DescribeLaunchTemplateVersions | LaunchTemplateVersion.1=1                            | InvalidParameterValue
            RunInstances                   | ImageId=resolve:ssm:/a&MinCount=1&MaxCount=1         | UnsupportedOperation
            RunInstances                   | ImageId={image}&MaxCount=1                           | MissingParameter
            RunInstances                   | {launch}&IamInstanceProfile.Name=x                   | UnsupportedOperation
            RunInstances                   | {launch}&NetworkInterface.1.NetworkInterfaceId=eni-1 | UnsupportedOperation
            ImportKeyPair                  | KeyName=x&PublicKeyMaterial=%3F                      | InvalidKey.Format
            ModifyInstanceAttribute        | InstanceId={instance}&UserData.Value=%3F             | InvalidUserData.Malformed
            """)
    void areRefusedByEc2sName(String action, String parameters, String code) {
        var before = instances();
        var answer = tenant.send("ec2", "Action=" + action + "&" + filled(parameters.replace("``", "")));
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(instances()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DescribeInstances&NextToken=",
                "DescribeInstances&Filter.1.Name=tag:none&Filter.1.Value.1=",
                "DescribeLaunchTemplateVersions&LaunchTemplateVersion.1=$Latest",
                "DescribeSecurityGroupRules&Filter.1.Name=group-id&Filter.1.Value.1=sg-*",
                "DescribeImages&Owner.1=aws-marketplace",
                "DescribeImages&Owner.1=aws-backup-vault",
                "CreateTags&ResourceId.1={instance}&Tag.1.Key=empty&Tag.1.Value=",
                "CreateSecurityGroup&GroupName=packer_x&GroupDescription=x&VpcId=",
                "RunInstances&{launch}&DryRun=false&Placement.AvailabilityZone=&UserData=&SubnetId=&IamInstanceProfile.Name="
            })
    void areTaken(String call) {
        var answer = tenant.send("ec2", "Action=" + filled(call));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (call.contains("aws-")) {
            assertThat(answer.body()).contains("<imagesSet/>");
        }
    }

    private int instances() {
        return tenant.ec2.describeInstances().reservations().size();
    }

    private String filled(String text) {
        return text.replace("{launch}", "ImageId={image}&MinCount=1&MaxCount=1")
                .replace(
                        "{change}",
                        "GroupId={group}&SecurityGroupRule.1.SecurityGroupRuleId={rule}"
                                + "&SecurityGroupRule.1.SecurityGroupRule.IpProtocol=tcp"
                                + "&SecurityGroupRule.1.SecurityGroupRule.FromPort=22&SecurityGroupRule.1.SecurityGroupRule.ToPort=22")
                .replace("{image}", image)
                .replace("{group}", group)
                .replace("{rule}", rule)
                .replace("{instance}", instance);
    }

    @Test
    void limitsFilters() {
        assertThat(filters(50, 4)).isEmpty();
        assertThat(filters(51, 1)).isEqualTo("FilterLimitExceeded");
        assertThat(filters(1, 200)).isEmpty();
        assertThat(filters(1, 201)).isEqualTo("FilterLimitExceeded");
        assertThat(filters(3, 67)).isEqualTo("FilterLimitExceeded");
        assertThat(WireCall.of(
                                tenant,
                                "DescribeRegions",
                                "Filter.1.Name=region-name",
                                "Filter.1.Value.1=" + "x".repeat(256))
                        .error())
                .isEqualTo("InvalidParameterValue");
    }

    /** Asks with so many filters of so many values each; returns the error. */
    private String filters(int filters, int values) {
        var parameters = IntStream.rangeClosed(1, filters)
                .boxed()
                .flatMap(f -> Stream.concat(
                        Stream.of("Filter." + f + ".Name=tag:t" + f),
                        IntStream.rangeClosed(1, values).mapToObj(v -> "Filter." + f + ".Value." + v + "=v" + v)))
                .toArray(String[]::new);
        return WireCall.of(tenant, "DescribeVolumes", parameters).error();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 64, 76})
    void takesBase64InLines(int columns) {
        var plain = Base64.getEncoder().encodeToString(SCRIPT.getBytes(StandardCharsets.UTF_8));
        for (var end : new String[] {"\n", "\r\n"}) {
            var wrapped = plain.replaceAll("(.{" + columns + "})", "$1" + end) + end;
            var launched = WireCall.of(
                    tenant,
                    "RunInstances",
                    "ImageId=" + image,
                    "InstanceType=t3.nano",
                    "MinCount=1",
                    "MaxCount=1",
                    "UserData=" + wrapped);
            assertThat(launched.error()).isEmpty();
            var id = launched.at("instancesSet/item/instanceId");
            assertThat(userData(id)).isEqualTo(plain);
            tenant.ec2.terminateInstances(r -> r.instanceIds(id));
            var key = Base64.getEncoder()
                    .encodeToString(("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB+T/mYvU9MlN24p95WwHgIBIpggWX2cOBXpVf"
                                    + "N4Lnj" + "A c")
                            .getBytes(StandardCharsets.UTF_8))
                    .replaceAll("(.{" + columns + "})", "$1" + end);
            assertThat(WireCall.of(
                                    tenant,
                                    "ImportKeyPair",
                                    "KeyName=k" + columns + end.length(),
                                    "PublicKeyMaterial=" + key + end)
                            .error())
                    .isEmpty();
        }
    }

    private String userData(String id) {
        return WireCall.of(tenant, "DescribeInstanceAttribute", "InstanceId=" + id, "Attribute=userData")
                .at("userData/value");
    }

    /** The limit is that of the bytes, however they are written. */
    @Test
    void limitsUserDataByItsBytes() {
        for (var form : new String[] {"UserData.Value=%s", "Attribute=userData&Value=%s"}) {
            assertThat(modify(form, 16 * 1024)).contains("IncorrectInstanceState");
            assertThat(modify(form, 16 * 1024 + 1)).contains("InvalidParameterValue");
        }
    }

    private String modify(String form, int bytes) {
        var data = Base64.getMimeEncoder(60, new byte[] {'\r', '\n'}).encodeToString(new byte[bytes]);
        var parameters = form.formatted(data).split("&", -1);
        return WireCall.of(
                        tenant,
                        "ModifyInstanceAttribute",
                        Stream.concat(Stream.of("InstanceId=" + instance), Stream.of(parameters))
                                .toArray(String[]::new))
                .error();
    }
}
