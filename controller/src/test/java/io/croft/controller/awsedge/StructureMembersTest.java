package io.croft.controller.awsedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class StructureMembersTest {
    private static final RequestLaunchTemplateData DATA = RequestLaunchTemplateData.builder()
            .instanceType("t3.nano")
            .ebsOptimized(false)
            .securityGroupIds("sg-1", "sg-2")
            .blockDeviceMappings(b -> b.deviceName("/dev/xvda").ebs(e -> e.volumeSize(3)))
            .tagSpecifications(
                    s -> s.resourceType("instance").tags(t -> t.key("k").value("")))
            .placement(p -> {})
            .build();

    @Test
    void areWhatIsSet() {
        assertThat(StructureMembers.of(DATA))
                .containsOnlyKeys(
                        "InstanceType", "EbsOptimized", "SecurityGroupIds", "BlockDeviceMappings", "TagSpecifications");
    }

    @Test
    void moveToAnAlikeClass() {
        var launch = StructureMembers.fill(RunInstancesRequest.builder(), StructureMembers.of(DATA));
        assertThat(launch.blockDeviceMappings().getFirst().ebs().volumeSize()).isEqualTo(3);
        assertThat(launch.securityGroupIds()).containsExactly("sg-1", "sg-2");
        assertThat(StructureMembers.of(launch)).isEqualTo(StructureMembers.of(DATA));
    }

    @Test
    void mayBeTexts() {
        assertThat(StructureMembers.fill(
                        RunInstancesRequest.builder(), Map.of("EbsOptimized", "false", "Ipv6AddressCount", "3")))
                .isEqualTo(RunInstancesRequest.builder()
                        .ebsOptimized(false)
                        .ipv6AddressCount(3)
                        .build());
    }

    @Test
    void refuseAClassThatLacksOne() {
        assertThatThrownBy(() -> StructureMembers.fill(RunInstancesRequest.builder(), Map.of("Nothing", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** So that whatever a template is given can be given back. */
    @Test
    void areAllThereInWhatATemplateAnswers() {
        assertThat(paths(ResponseLaunchTemplateData.builder())).containsAll(paths(RequestLaunchTemplateData.builder()));
    }

    private static Set<String> paths(Object builder) {
        var paths = new TreeSet<String>();
        collect((SdkPojo) builder, "", paths);
        return paths;
    }

    private static void collect(SdkPojo structure, String prefix, Set<String> paths) {
        for (var member : structure.sdkFields()) {
            var path = prefix + "." + member.memberName();
            paths.add(path);
            var field = member;
            while (field.marshallingType().getKnownType() == MarshallingKnownType.LIST) {
                field = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            }
            if (field.marshallingType().getKnownType() == MarshallingKnownType.SDK_POJO) {
                collect(field.constructor().get(), path, paths);
            }
        }
    }
}
