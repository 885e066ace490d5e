package io.croft.controller.ec2api.kit;

import static java.util.Map.entry;

import io.croft.controller.awsedge.AwsService;
import io.croft.types.ErrorCode;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** EC2 as a service of the AWS edges. */
@Configuration(proxyBeanMethods = false)
public class Ec2Service {
    public static final String NAME = "ec2";

    /**
     * What EC2 calls an id or a name that is none.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error codes</a>
     */
    private static final Map<String, ErrorCode> BAD_VALUES = Map.ofEntries(
            entry("AllocationId", ErrorCode.ELASTIC_ADDRESS_NOT_FOUND),
            entry("AttachmentId", ErrorCode.ATTACHMENT_NOT_FOUND),
            entry("CopyImage.Name", ErrorCode.IMAGE_NAME_MALFORMED),
            entry("CreateKeyPair.KeyName", ErrorCode.INVALID_PARAMETER_VALUE),
            entry("CreateLaunchTemplate.LaunchTemplateName", ErrorCode.LAUNCH_TEMPLATE_NAME_MALFORMED),
            entry("CreatePlacementGroup.GroupName", ErrorCode.INVALID_PARAMETER_VALUE),
            entry("CreateSecurityGroup.GroupDescription", ErrorCode.MISSING_PARAMETER),
            entry("CreateSecurityGroup.GroupName", ErrorCode.INVALID_PARAMETER_VALUE),
            entry("DeletePlacementGroup.GroupName", ErrorCode.PLACEMENT_GROUP_NOT_FOUND),
            entry("DescribeInstanceTopology.GroupName", ErrorCode.PLACEMENT_GROUP_NOT_FOUND),
            entry("DescribeInstanceTypes.InstanceType", ErrorCode.INSTANCE_TYPE_NOT_FOUND),
            entry("DescribePlacementGroups.GroupId", ErrorCode.PLACEMENT_GROUP_ID_MALFORMED),
            entry("DescribePlacementGroups.GroupName", ErrorCode.PLACEMENT_GROUP_NOT_FOUND),
            entry("GroupId", ErrorCode.SECURITY_GROUP_ID_MALFORMED),
            entry("GroupName", ErrorCode.SECURITY_GROUP_NOT_FOUND),
            entry("ImageId", ErrorCode.IMAGE_ID_MALFORMED),
            entry("ImportKeyPair.KeyName", ErrorCode.INVALID_PARAMETER_VALUE),
            entry("InstanceId", ErrorCode.INSTANCE_ID_MALFORMED),
            entry("InstanceType.Value", ErrorCode.INSTANCE_ATTRIBUTE_VALUE_INVALID),
            entry("KeyName", ErrorCode.KEY_PAIR_NOT_FOUND),
            entry("KeyPairId", ErrorCode.KEY_PAIR_ID_MALFORMED),
            entry("LaunchTemplateId", ErrorCode.LAUNCH_TEMPLATE_ID_MALFORMED),
            entry("LaunchTemplateName", ErrorCode.LAUNCH_TEMPLATE_NAME_NOT_FOUND),
            entry("ModifyInstancePlacement.GroupId", ErrorCode.PLACEMENT_GROUP_ID_MALFORMED),
            entry("NetworkInterfaceId", ErrorCode.NETWORK_INTERFACE_ID_MALFORMED),
            entry("Placement.GroupId", ErrorCode.PLACEMENT_GROUP_ID_MALFORMED),
            entry("Placement.GroupName", ErrorCode.PLACEMENT_GROUP_NOT_FOUND),
            entry("PublicKeyMaterial", ErrorCode.KEY_FORMAT),
            entry("ReferencedGroupId", ErrorCode.SECURITY_GROUP_ID_MALFORMED),
            entry("RegisterImage.Name", ErrorCode.IMAGE_NAME_MALFORMED),
            entry("ResourceId", ErrorCode.INVALID_ID),
            entry("SecurityGroup", ErrorCode.SECURITY_GROUP_NOT_FOUND),
            entry("SecurityGroupId", ErrorCode.SECURITY_GROUP_ID_MALFORMED),
            entry("SecurityGroupRuleId", ErrorCode.SECURITY_GROUP_RULE_ID_MALFORMED),
            entry("SourceImageId", ErrorCode.IMAGE_ID_MALFORMED),
            entry("SourceSecurityGroupName", ErrorCode.SECURITY_GROUP_NOT_FOUND),
            entry("SubnetId", ErrorCode.SUBNET_NOT_FOUND),
            entry("UserData.Value", ErrorCode.USER_DATA_MALFORMED),
            entry("VolumeId", ErrorCode.VOLUME_ID_MALFORMED),
            entry("VpcId", ErrorCode.VPC_NOT_FOUND),
            entry("VpcIds", ErrorCode.VPC_NOT_FOUND));

    @Bean
    AwsService ec2() {
        return new AwsService(
                NAME,
                AwsService.Protocol.EC2_QUERY,
                "http://ec2.amazonaws.com/doc/2016-11-15/",
                Set.of(),
                true,
                Map.of(),
                BAD_VALUES);
    }
}
