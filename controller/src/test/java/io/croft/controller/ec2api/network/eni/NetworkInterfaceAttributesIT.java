package io.croft.controller.ec2api.network.eni;

import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Attributes of an instance's interface, changed and read back. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class NetworkInterfaceAttributesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;
    private Ec2Client ec2;
    private NetworkInterface nic;

    @BeforeAll
    void start() {
        tenant = tenants.create("interfaces");
        ec2 = tenant.ec2;
        var image = tenant.image("interfaces");
        var instance = ec2.runInstances(r ->
                        r.imageId(image).instanceType("t3.nano").minCount(1).maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
        nic = ec2.describeNetworkInterfaces(r -> r.filters(filter("attachment.instance-id", instance)))
                .networkInterfaces()
                .getFirst();
    }

    private DescribeNetworkInterfaceAttributeResponse read(String attribute) {
        return ec2.describeNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(nic.networkInterfaceId()).attribute(attribute));
    }

    private String modify(String parameters) {
        return tenant.send(
                        "ec2",
                        "Action=ModifyNetworkInterfaceAttribute&NetworkInterfaceId=" + nic.networkInterfaceId()
                                + parameters)
                .body();
    }

    @Test
    void areReadBackAfterEachChange() {
        ec2.modifyNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(nic.networkInterfaceId()).description(d -> d.value("uplink")));
        assertThat(read("description").description().value()).isEqualTo("uplink");
        assertThat(modify("&Description.Value=")).contains("<return>true</return>");
        assertThat(read("description").description().value()).isNullOrEmpty();

        ec2.modifyNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(nic.networkInterfaceId()).sourceDestCheck(c -> c.value(false)));
        assertThat(read("sourceDestCheck").sourceDestCheck().value()).isFalse();
        ec2.resetNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(nic.networkInterfaceId()).sourceDestCheck("true"));
        assertThat(read("sourceDestCheck").sourceDestCheck().value()).isTrue();

        var group = ec2.createSecurityGroup(r -> r.groupName("nic").description("nic"))
                .groupId();
        ec2.modifyNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(nic.networkInterfaceId()).groups(group));
        assertThat(read("groupSet").groups()).extracting(g -> g.groupId()).containsExactly(group);

        ec2.modifyNetworkInterfaceAttribute(r -> r.networkInterfaceId(nic.networkInterfaceId())
                .attachment(a -> a.attachmentId(nic.attachment().attachmentId()).deleteOnTermination(true)));
        assertThat(read("attachment").attachment().deleteOnTermination()).isTrue();
        assertThat(read("attachment").attachment().attachmentId())
                .isEqualTo(nic.attachment().attachmentId());
    }

    @Test
    void areOneACallAndWhatAnInterfaceCanHave() {
        var attachment = "&Attachment.AttachmentId=" + nic.attachment().attachmentId();
        assertThat(modify("")).contains("<Code>InvalidParameterCombination</Code>");
        assertThat(modify("&Description.Value=x&SourceDestCheck.Value=true"))
                .contains("<Code>InvalidParameterCombination</Code>");
        assertThat(modify(attachment + "&Attachment.DeleteOnTermination=false"))
                .contains("<Code>UnsupportedOperation</Code>", "Attachment.DeleteOnTermination");
        assertThat(modify("&Attachment.DeleteOnTermination=true")).contains("<Code>MissingParameter</Code>");
        assertThat(modify("&Attachment.AttachmentId=eni-attach-0123456789abcdef0&Attachment.DeleteOnTermination=true"))
                .contains("<Code>InvalidAttachmentID.NotFound</Code>");
        assertThat(modify("&Description.Value=" + "x".repeat(256))).contains("<Code>InvalidParameterValue</Code>");
        assertThat(modify("&SecurityGroupId.1=sg-0123456789abcdef0")).contains("<Code>InvalidGroup.NotFound</Code>");
        assertThat(modify("&EnablePrimaryIpv6=true")).contains("<Code>UnsupportedOperation</Code>");
        assertThat(tenant.send(
                                "ec2",
                                "Action=DescribeNetworkInterfaceAttribute&Attribute=colour&NetworkInterfaceId="
                                        + nic.networkInterfaceId())
                        .body())
                .contains("<Code>InvalidParameterValue</Code>");
    }
}
