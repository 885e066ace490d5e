package io.croft.controller.ec2api.kit;

import static java.util.Map.entry;

import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.query.QueryProtocol;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** EC2 as a service of the AWS edges. */
@Configuration(proxyBeanMethods = false)
public class Ec2Service {
    public static final String NAME = "ec2";

    /**
     * What EC2 calls an id or a name that is none, where that does not follow from the type of the resource whose id it is.
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
            entry("ImportKeyPair.KeyName", ErrorCode.INVALID_PARAMETER_VALUE),
            entry("InstanceType.Value", ErrorCode.INSTANCE_ATTRIBUTE_VALUE_INVALID),
            entry("KeyName", ErrorCode.KEY_PAIR_NOT_FOUND),
            entry("LaunchTemplateName", ErrorCode.LAUNCH_TEMPLATE_NAME_NOT_FOUND),
            entry("ModifyInstancePlacement.GroupId", ErrorCode.PLACEMENT_GROUP_ID_MALFORMED),
            entry("Placement.GroupId", ErrorCode.PLACEMENT_GROUP_ID_MALFORMED),
            entry("Placement.GroupName", ErrorCode.PLACEMENT_GROUP_NOT_FOUND),
            entry("PublicKeyMaterial", ErrorCode.KEY_FORMAT),
            entry("ReferencedGroupId", ErrorCode.SECURITY_GROUP_ID_MALFORMED),
            entry("RegisterImage.Name", ErrorCode.IMAGE_NAME_MALFORMED),
            entry("ResourceId", ErrorCode.INVALID_ID),
            entry("SecurityGroup", ErrorCode.SECURITY_GROUP_NOT_FOUND),
            entry("SourceSecurityGroupName", ErrorCode.SECURITY_GROUP_NOT_FOUND),
            entry("SubnetId", ErrorCode.SUBNET_NOT_FOUND),
            entry("UserData.Value", ErrorCode.USER_DATA_MALFORMED),
            entry("VpcId", ErrorCode.VPC_NOT_FOUND),
            entry("VpcIds", ErrorCode.VPC_NOT_FOUND));

    @Bean
    AwsService ec2() {
        return new AwsService(
                NAME,
                QueryProtocol.EC2,
                "http://ec2.amazonaws.com/doc/2016-11-15/",
                Set.of(),
                true,
                Map.of(),
                badValues());
    }

    private static Map<String, ErrorCode> badValues() {
        var all = new HashMap<String, ErrorCode>();
        Arrays.stream(ResourceType.values())
                .filter(t -> t.malformed() != ErrorCode.INVALID_PARAMETER_VALUE)
                .forEach(t -> all.put(idParameter(t), t.malformed()));
        all.putAll(BAD_VALUES);
        return all;
    }

    /** {@code key-pair} becomes {@code KeyPairId}. */
    private static String idParameter(ResourceType type) {
        return Arrays.stream(type.tagName().split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "", "Id"));
    }
}
