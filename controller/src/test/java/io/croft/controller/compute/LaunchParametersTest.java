package io.croft.controller.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a request says counts before what its template says. */
class LaunchParametersTest {
    private static LaunchParameters of(Map<String, Object> members) {
        return new LaunchParameters(new TreeMap<>(members));
    }

    private static void assertOver(Map<String, Object> asked, Map<String, Object> base, Map<String, Object> result) {
        assertThat(of(asked).over(of(base))).isEqualTo(of(result));
    }

    @Test
    void whatIsNotSaidStaysTheTemplates() {
        assertOver(
                Map.of("InstanceType", "t3.micro", "MaxCount", 2),
                Map.of("InstanceType", "t3.nano", "ImageId", "ami-1"),
                Map.of("InstanceType", "t3.micro", "ImageId", "ami-1", "MaxCount", 2));
    }

    @Test
    void structuresAreFilledUp() {
        assertOver(
                Map.of("MetadataOptions", Map.of("HttpPutResponseHopLimit", 3)),
                Map.of("MetadataOptions", Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 1)),
                Map.of("MetadataOptions", Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 3)));
    }

    @Test
    void tagsOfOneTypeAreOneSet() {
        var base = List.of(
                Map.of(
                        "ResourceType",
                        "instance",
                        "Tags",
                        List.of(Map.of("Key", "a", "Value", "1"), Map.of("Key", "b", "Value", "1"))),
                Map.of("ResourceType", "volume", "Tags", List.of(Map.of("Key", "v"))));
        var asked = List.of(Map.of("ResourceType", "instance", "Tags", List.of(Map.of("Key", "b", "Value", "2"))));
        assertOver(
                Map.of("TagSpecifications", asked),
                Map.of("TagSpecifications", base),
                Map.of(
                        "TagSpecifications",
                        List.of(
                                base.getLast(),
                                Map.of(
                                        "ResourceType",
                                        "instance",
                                        "Tags",
                                        List.of(Map.of("Key", "a", "Value", "1"), Map.of("Key", "b", "Value", "2"))))));
    }

    @Test
    void groupsByNameAndByIdReplaceEachOther() {
        assertOver(
                Map.of("SecurityGroupIds", List.of("sg-1")),
                Map.of("SecurityGroups", List.of("web")),
                Map.of("SecurityGroupIds", List.of("sg-1")));
    }

    @Test
    void anInterfaceKeepsItsGroups() {
        assertOver(
                Map.of("NetworkInterfaces", List.of(Map.of("DeviceIndex", 0, "SubnetId", "subnet-1"))),
                Map.of("NetworkInterfaces", List.of(Map.of("DeviceIndex", 0, "Groups", List.of("sg-1")))),
                Map.of(
                        "NetworkInterfaces",
                        List.of(Map.of("DeviceIndex", 0, "Groups", List.of("sg-1"), "SubnetId", "subnet-1"))));
    }
}
