package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.SupportedAction;
import io.croft.controller.awsedge.SupportedActions;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Every action that is served: nobody may use it unsigned, a reader may change nothing by it, and another account's resources do not exist for it. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryActionIT {
    private static final String NOTHING = "";
    /** What a reader may do: what reads, and what is about its own keys. */
    private static final Pattern READS = Pattern.compile("(Describe|Get|List).*|(Create|Update|Delete)AccessKey");

    private static final Pattern REFUSED = Pattern.compile("<Code>(UnauthorizedOperation|AccessDenied)</Code>");

    /** A request about another account's resource, and what it is told: an error, or a piece of an answer that shows nothing of it. */
    private record Foreign(String parameters, String told) {}

    private static final Map<String, Foreign> FOREIGN = foreign();

    @Autowired
    SupportedActions actions;

    @Autowired
    Users users;

    @Autowired
    EdgeWorld.Tenants tenants;

    private final Map<String, String> ids = new TreeMap<>();
    private Tenant stranger;
    private Tenant reader;

    @BeforeAll
    void makeSomethingOfEach() {
        var owner = tenants.create("owner");
        stranger = tenants.create("stranger");
        reader = tenants.create("reader");
        users.setRole(reader.account, User.FIRST, Role.READER);
        users.create(owner.account, "someone", Role.ADMIN);
        ids.put("access", owner.key.id());
        var image = owner.image("owned");
        var instance = owner.ec2
                .runInstances(r ->
                        r.imageId(image).instanceType("t3.nano").minCount(1).maxCount(1))
                .instances()
                .getFirst();
        ids.put("image", image);
        ids.put(
                "blob",
                owner.ec2
                        .describeImages(r -> r.imageIds(image))
                        .images()
                        .getFirst()
                        .imageLocation());
        ids.put("instance", instance.instanceId());
        ids.put("vpc", instance.vpcId());
        ids.put("subnet", instance.subnetId());
        ids.put("group", instance.securityGroups().getFirst().groupId());
        ids.put("nic", instance.networkInterfaces().getFirst().networkInterfaceId());
        ids.put("volume", owner.ec2.describeVolumes().volumes().getFirst().volumeId());
        ids.put("key", owner.ec2.createKeyPair(r -> r.keyName("owned")).keyPairId());
        ids.put(
                "reservation",
                owner.ec2
                        .createCapacityReservation(r -> r.instanceType("t3.nano")
                                .instancePlatform("Linux/UNIX")
                                .availabilityZone("us-east-1a")
                                .instanceCount(1))
                        .capacityReservation()
                        .capacityReservationId());
        owner.ec2.createPlacementGroup(r -> r.groupName("owned"));
        ids.put(
                "placement",
                owner.ec2
                        .describePlacementGroups(r -> {})
                        .placementGroups()
                        .getFirst()
                        .groupId());
        ids.put(
                "template",
                owner.ec2
                        .createLaunchTemplate(
                                r -> r.launchTemplateName("owned").launchTemplateData(d -> d.instanceType("t3.nano")))
                        .launchTemplate()
                        .launchTemplateId());
        ids.put(
                "rule",
                owner.ec2
                        .describeSecurityGroupRules(r -> {})
                        .securityGroupRules()
                        .getFirst()
                        .securityGroupRuleId());
    }

    private static Map<String, Foreign> foreign() {
        var all = new TreeMap<String, Foreign>();
        for (var action : new String[] {
            "DescribeInstances",
            "DescribeInstanceStatus",
            "StartInstances",
            "StopInstances",
            "RebootInstances",
            "TerminateInstances",
            "MonitorInstances",
            "UnmonitorInstances",
            "DescribeInstanceTopology",
            "DescribeInstanceCreditSpecifications"
        }) {
            all.put(action, new Foreign("InstanceId.1={instance}", "InvalidInstanceID.NotFound"));
        }
        for (var action : new String[] {
            "GetConsoleOutput",
            "GetConsoleScreenshot",
            "GetPasswordData",
            "GetInstanceUefiData",
            "GetLaunchTemplateData",
            "ModifyInstanceMaintenanceOptions",
            "ModifyInstanceMetadataOptions"
        }) {
            all.put(action, new Foreign("InstanceId={instance}", "InvalidInstanceID.NotFound"));
        }
        all.put(
                "ModifyInstanceCreditSpecification",
                new Foreign(
                        "InstanceCreditSpecification.1.InstanceId={instance}&InstanceCreditSpecification.1.CpuCredits=unlimited",
                        "<successfulInstanceCreditSpecificationSet/>"));
        all.put(
                "DescribeIamInstanceProfileAssociations",
                new Foreign("Filter.1.Name=instance-id&Filter.1.Value.1={instance}", "AssociationSet/>"));
        all.put("DescribeVpcClassicLink", new Foreign("VpcId.1={vpc}", "InvalidVpcID.NotFound"));
        all.put("DescribeVpcClassicLinkDnsSupport", new Foreign("VpcIds.1={vpc}", "InvalidVpcID.NotFound"));
        all.put(
                "ModifyVpcAttribute",
                new Foreign("VpcId={vpc}&EnableDnsHostnames.Value=false", "InvalidVpcID.NotFound"));
        all.put("DescribeVpcAttribute", new Foreign("VpcId={vpc}&Attribute=enableDnsSupport", "InvalidVpcID.NotFound"));
        all.put(
                "DescribeInstanceAttribute",
                new Foreign("InstanceId={instance}&Attribute=userData", "InvalidInstanceID.NotFound"));
        all.put(
                "ModifyInstanceAttribute",
                new Foreign("InstanceId={instance}&DisableApiStop.Value=true", "InvalidInstanceID.NotFound"));
        all.put(
                "ModifyInstancePlacement",
                new Foreign("InstanceId={instance}&Tenancy=default", "InvalidInstanceID.NotFound"));
        all.put(
                "ResetInstanceAttribute",
                new Foreign("InstanceId={instance}&Attribute=sourceDestCheck", "InvalidInstanceID.NotFound"));
        all.put(
                "RunInstances",
                new Foreign("ImageId={image}&InstanceType=t3.nano&MinCount=1&MaxCount=1", "InvalidAMIID.NotFound"));
        all.put("RegisterImage", new Foreign("Name=mine&ImageLocation={blob}", "InvalidManifest"));
        all.put("DeregisterImage", new Foreign("ImageId={image}", "InvalidAMIID.NotFound"));
        all.put("DescribeImages", new Foreign("ImageId.1={image}", "InvalidAMIID.NotFound"));
        all.put(
                "DescribeImageAttribute",
                new Foreign("ImageId={image}&Attribute=description", "InvalidAMIID.NotFound"));
        all.put(
                "ModifyImageAttribute",
                new Foreign("ImageId={image}&LaunchPermission.Add.1.Group=all", "InvalidAMIID.NotFound"));
        all.put(
                "ResetImageAttribute",
                new Foreign("ImageId={image}&Attribute=launchPermission", "InvalidAMIID.NotFound"));
        all.put(
                "CopyImage",
                new Foreign("SourceImageId={image}&SourceRegion=us-east-1&Name=mine", "InvalidAMIID.NotFound"));
        all.put("DescribeKeyPairs", new Foreign("KeyPairId.1={key}", "InvalidKeyPair.NotFound"));
        all.put("DeleteKeyPair", new Foreign("KeyPairId={key}", "<return>true</return></DeleteKeyPairResponse>"));
        for (var parameters : Map.of(
                        "CreateLaunchTemplateVersion",
                        "LaunchTemplateId={template}&LaunchTemplateData.InstanceType=t3.nano",
                        "DescribeLaunchTemplates",
                        "LaunchTemplateId.1={template}",
                        "DescribeLaunchTemplateVersions",
                        "LaunchTemplateId={template}",
                        "ModifyLaunchTemplate",
                        "LaunchTemplateId={template}&SetDefaultVersion=1",
                        "DeleteLaunchTemplate",
                        "LaunchTemplateId={template}",
                        "DeleteLaunchTemplateVersions",
                        "LaunchTemplateId={template}&LaunchTemplateVersion.1=1")
                .entrySet()) {
            all.put(parameters.getKey(), new Foreign(parameters.getValue(), "InvalidLaunchTemplateId.NotFound"));
        }
        for (var action :
                new String[] {"CancelCapacityReservation", "GetCapacityReservationUsage", "ModifyCapacityReservation"
                }) {
            all.put(
                    action,
                    new Foreign("CapacityReservationId={reservation}", "InvalidCapacityReservationId.NotFound"));
        }
        all.put(
                "DescribeCapacityReservations",
                new Foreign("CapacityReservationId.1={reservation}", "InvalidCapacityReservationId.NotFound"));
        all.put(
                "ModifyInstanceCapacityReservationAttributes",
                new Foreign(
                        "InstanceId={instance}&CapacityReservationSpecification.CapacityReservationPreference=none",
                        "InvalidInstanceID.NotFound"));
        all.put("DescribePlacementGroups", new Foreign("GroupId.1={placement}", "InvalidPlacementGroup.Unknown"));
        all.put("DeletePlacementGroup", new Foreign("GroupName=owned", "InvalidPlacementGroup.Unknown"));
        all.put(
                "ModifySecurityGroupRules",
                new Foreign(
                        "GroupId={group}&SecurityGroupRule.1.SecurityGroupRuleId={rule}"
                                + "&SecurityGroupRule.1.SecurityGroupRule.IpProtocol=-1"
                                + "&SecurityGroupRule.1.SecurityGroupRule.CidrIpv4=0.0.0.0/0",
                        "InvalidGroup.NotFound"));
        all.put("CreateTags", new Foreign("ResourceId.1={instance}&Tag.1.Key=a", "InvalidInstanceID.NotFound"));
        all.put("DeleteTags", new Foreign("ResourceId.1={instance}&Tag.1.Key=a", "InvalidInstanceID.NotFound"));
        all.put("DescribeTags", new Foreign("Filter.1.Name=resource-id&Filter.1.Value.1={instance}", "<tagSet/>"));
        all.put("DescribeVpcs", new Foreign("VpcId.1={vpc}", "InvalidVpcID.NotFound"));
        all.put("DescribeSubnets", new Foreign("SubnetId.1={subnet}", "InvalidSubnetID.NotFound"));
        all.put(
                "CreateSecurityGroup",
                new Foreign("GroupName=x&GroupDescription=x&VpcId={vpc}", "InvalidVpcID.NotFound"));
        all.put("DeleteSecurityGroup", new Foreign("GroupId={group}", "InvalidGroup.NotFound"));
        all.put("DescribeSecurityGroups", new Foreign("GroupId.1={group}", "InvalidGroup.NotFound"));
        var permission = "&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0";
        for (var action : new String[] {
            "AuthorizeSecurityGroupIngress",
            "AuthorizeSecurityGroupEgress",
            "RevokeSecurityGroupIngress",
            "RevokeSecurityGroupEgress",
            "UpdateSecurityGroupRuleDescriptionsIngress",
            "UpdateSecurityGroupRuleDescriptionsEgress"
        }) {
            all.put(action, new Foreign("GroupId={group}" + permission, "InvalidGroup.NotFound"));
        }
        all.put(
                "DescribeSecurityGroupRules",
                new Foreign("SecurityGroupRuleId.1={rule}", "InvalidSecurityGroupRuleId.NotFound"));
        all.put(
                "DescribeNetworkInterfaces",
                new Foreign("NetworkInterfaceId.1={nic}", "InvalidNetworkInterfaceID.NotFound"));
        for (var action : new String[] {"DescribeNetworkInterfaceAttribute", "ModifyNetworkInterfaceAttribute"}) {
            all.put(
                    action,
                    new Foreign(
                            "NetworkInterfaceId={nic}"
                                    + (action.startsWith("Describe")
                                            ? "&Attribute=groupSet"
                                            : "&SourceDestCheck.Value=true"),
                            "InvalidNetworkInterfaceID.NotFound"));
        }
        all.put(
                "ResetNetworkInterfaceAttribute",
                new Foreign("NetworkInterfaceId={nic}&SourceDestCheck=true", "InvalidNetworkInterfaceID.NotFound"));
        all.put(
                "DescribeAddressesAttribute",
                new Foreign("AllocationId.1=eipalloc-0123456789abcdef0", "InvalidAllocationID.NotFound"));
        all.put("DescribeVolumes", new Foreign("VolumeId.1={volume}", "InvalidVolume.NotFound"));
        all.put("DescribeVolumeStatus", new Foreign("VolumeId.1={volume}", "InvalidVolume.NotFound"));
        for (var parameters : Map.of(
                        "DeleteVolume",
                        "",
                        "DetachVolume",
                        "",
                        "AttachVolume",
                        "&InstanceId={instance}&Device=/dev/sdf",
                        "DescribeVolumeAttribute",
                        "&Attribute=autoEnableIO",
                        "ModifyVolumeAttribute",
                        "&AutoEnableIO.Value=true")
                .entrySet()) {
            all.put(
                    parameters.getKey(),
                    new Foreign("VolumeId={volume}" + parameters.getValue(), "InvalidVolume.NotFound"));
        }
        for (var action : new String[] {"GetUser", "CreateAccessKey", "ListAccessKeys"}) {
            all.put(action, new Foreign("UserName=someone", "NoSuchEntity"));
        }
        all.put("GetAccessKeyLastUsed", new Foreign("AccessKeyId={access}", "NoSuchEntity"));
        all.put("UpdateAccessKey", new Foreign("AccessKeyId={access}&Status=Inactive", "NoSuchEntity"));
        all.put("DeleteAccessKey", new Foreign("AccessKeyId={access}", "NoSuchEntity"));
        for (var action : new String[] {
            "DescribeRegions",
            "DescribeAvailabilityZones",
            "DescribeInstanceTypes",
            "DescribeInstanceTypeOfferings",
            "DescribeAccountAttributes",
            "CreateCapacityReservation",
            "CreateKeyPair",
            "CreateLaunchTemplate",
            "CreatePlacementGroup",
            "CreateVolume",
            "ImportKeyPair",
            "ListUsers",
            "GetSessionToken",
            "GetCallerIdentity"
        }) {
            all.put(action, new Foreign(NOTHING, NOTHING));
        }
        return all;
    }

    @Test
    void isCoveredHere() {
        assertThat(FOREIGN.keySet())
                .isEqualTo(actions.all().stream().map(SupportedAction::name).collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> isRefusedUnsigned() {
        return each(action -> assertThat(
                        stranger.sendUnsigned("Action=" + action.name()).body())
                .contains("<Code>MissingAuthenticationToken</Code>"));
    }

    @TestFactory
    Stream<DynamicTest> changesNothingForAReader() {
        return each(action -> {
            var answer =
                    reader.send(action.service(), "Action=" + action.name()).body();
            assertThat(REFUSED.matcher(answer).find())
                    .isEqualTo(!READS.matcher(action.name()).matches());
        });
    }

    @TestFactory
    Stream<DynamicTest> showsNothingOfAnotherAccount() {
        return each(action -> {
            var foreign = Objects.requireNonNull(FOREIGN.get(action.name()));
            var parameters = filled(foreign.parameters());
            if (!parameters.isEmpty()) {
                var answer = stranger.send(action.service(), "Action=" + action.name() + "&" + parameters);
                assertThat(answer.body()).contains(foreign.told());
            }
        });
    }

    private Stream<DynamicTest> each(Consumer<SupportedAction> check) {
        return actions.all().stream().map(a -> DynamicTest.dynamicTest(a.name(), () -> check.accept(a)));
    }

    private String filled(String parameters) {
        var text = parameters;
        for (var id : ids.entrySet()) {
            text = text.replace("{" + id.getKey() + "}", id.getValue());
        }
        return text;
    }
}
