package io.croft.controller.ec2api.compute.instance;

import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;

/** Attributes of an instance, changed and read back as AWS's SDK for Java and plain requests do it. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class InstanceAttributesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    JdbcClient jdbc;

    private Tenant tenant;
    private Ec2Client ec2;
    private String id;

    @BeforeAll
    void start() {
        tenant = tenants.create("attributes");
        ec2 = tenant.ec2;
        var image = tenant.image("attributes");
        id = ec2.runInstances(r -> r.imageId(image)
                        .instanceType("t3.nano")
                        .minCount(1)
                        .maxCount(1)
                        .disableApiStop(true)
                        .monitoring(m -> m.enabled(true))
                        .userData("IyEvYmluL3No"))
                .instances()
                .getFirst()
                .instanceId();
        awaitState("running");
    }

    private Instance instance() {
        return ec2.describeInstances(r -> r.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
    }

    private void awaitState(String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> instance().state().nameAsString(), state::equals);
    }

    private DescribeInstanceAttributeResponse read(String attribute) {
        return ec2.describeInstanceAttribute(r -> r.instanceId(id).attribute(attribute));
    }

    private String send(String form) {
        return tenant.send("ec2", form + "&InstanceId=" + id).body();
    }

    @TestFactory
    Stream<DynamicTest> everyAttributeCanBeRead() {
        return InstanceAttributeName.knownValues().stream()
                .map(InstanceAttributeName::toString)
                .map(a -> DynamicTest.dynamicTest(
                        a, () -> assertThat(read(a).instanceId()).isEqualTo(id)));
    }

    private List<String> recovering(String value) {
        return ec2
                .describeInstances(r -> r.filters(filter("maintenance-options.auto-recovery", value)))
                .reservations()
                .stream()
                .flatMap(r -> r.instances().stream())
                .filter(i -> i.maintenanceOptions().autoRecoveryAsString().equals(value))
                .map(Instance::instanceId)
                .filter(id::equals)
                .toList();
    }

    @Test
    void automaticRecoveryIsSwitchedOffAndOn() {
        for (var value : List.of("disabled", "default")) {
            assertThat(ec2.modifyInstanceMaintenanceOptions(
                                    r -> r.instanceId(id).autoRecovery(value))
                            .autoRecoveryAsString())
                    .isEqualTo(value);
            assertThat(recovering(value)).containsExactly(id);
            assertThat(ec2.modifyInstanceMaintenanceOptions(r -> r.instanceId(id))
                            .autoRecoveryAsString())
                    .isEqualTo(value);
            assertThat(ec2.getLaunchTemplateData(r -> r.instanceId(id))
                            .launchTemplateData()
                            .maintenanceOptions()
                            .autoRecoveryAsString())
                    .isEqualTo(value);
        }
        assertThat(recovering("disabled")).isEmpty();
        assertThat(send("Action=ModifyInstanceMaintenanceOptions&AutoRecovery=never"))
                .contains("<Code>InvalidParameterValue</Code>", "AutoRecovery");
    }

    @Test
    void whatCannotBeOtherwiseIsToldAndNotChanged() {
        assertThat(send("Action=ModifyInstanceMaintenanceOptions&RebootMigration=disabled"))
                .contains("<Code>UnsupportedOperation</Code>", "RebootMigration");
        assertThat(ec2.describeIamInstanceProfileAssociations(
                                r -> r.filters(filter("instance-id", id)).maxResults(5))
                        .iamInstanceProfileAssociations())
                .isEmpty();
        assertThatThrownBy(() -> ec2.describeIamInstanceProfileAssociations(r -> r.nextToken("x")))
                .satisfies(code("InvalidPaginationToken"));
        assertThatThrownBy(() -> ec2.describeIamInstanceProfileAssociations(r -> r.filters(filter("colour", id))))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> ec2.describeIamInstanceProfileAssociations(r -> r.maxResults(4)))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(
                        () -> ec2.describeIamInstanceProfileAssociations(r -> r.associationIds("iip-assoc-0123abcd")))
                .satisfies(code("InvalidAssociationID.NotFound"));
    }

    @Test
    void anAttributeWithoutAValueIsAnEmptyElement() {
        assertThat(send("Action=DescribeInstanceAttribute&Attribute=kernel")).contains("<kernel></kernel>");
        assertThat(send("Action=DescribeInstanceAttribute&Attribute=colour")).contains("InvalidParameterValue");
        assertThat(send("Action=DescribeInstanceAttribute")).contains("MissingParameter");
    }

    @Test
    void aWholeChangeOfTypeAndUserData() {
        assertThat(instance().monitoring().stateAsString()).isEqualTo("enabled");
        assertThat(read("disableApiStop").disableApiStop().value()).isTrue();
        assertThat(read("userData").userData().value()).isEqualTo("IyEvYmluL3No");
        assertThatThrownBy(() -> ec2.stopInstances(r -> r.instanceIds(id))).satisfies(code("OperationNotPermitted"));
        assertThat(send("Action=ModifyInstanceAttribute&Attribute=disableApiStop&Value=false"))
                .contains("<return>true</return>");
        assertThatThrownBy(
                        () -> ec2.modifyInstanceAttribute(r -> r.instanceId(id).instanceType(v -> v.value("t3.micro"))))
                .satisfies(code("IncorrectInstanceState"));
        ec2.stopInstances(r -> r.instanceIds(id));
        awaitState("stopped");
        ec2.modifyInstanceAttribute(r -> r.instanceId(id).instanceType(v -> v.value("t3.micro")));
        ec2.modifyInstanceAttribute(r -> r.instanceId(id).userData(v -> v.value(SdkBytes.fromUtf8String("new"))));
        assertThat(read("userData").userData().value()).isEqualTo("bmV3");
        assertThat(send("Action=ModifyInstanceAttribute&UserData.Value=")).contains("<return>true</return>");
        assertThat(send("Action=DescribeInstanceAttribute&Attribute=userData")).contains("<userData></userData>");
        assertThat(send("Action=ModifyInstanceAttribute&Attribute=userData&Value=bmV3"))
                .contains("<return>true</return>");
        assertThat(read("userData").userData().value()).isEqualTo("bmV3");
        assertThat(send("Action=ModifyInstanceAttribute&Attribute=userData&Value="))
                .contains("<return>true</return>");
        assertThat(send("Action=DescribeInstanceAttribute&Attribute=userData")).contains("<userData></userData>");
        ec2.startInstances(r -> r.instanceIds(id));
        awaitState("running");
        assertThat(instance().instanceTypeAsString()).isEqualTo("t3.micro");
        assertThat(read("instanceType").instanceType().value()).isEqualTo("t3.micro");
    }

    @Test
    void oneAttributeACall() {
        assertThatThrownBy(() -> ec2.modifyInstanceAttribute(r -> r.instanceId(id)
                        .disableApiTermination(v -> v.value(false))
                        .sourceDestCheck(v -> v.value(true))))
                .satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() -> ec2.modifyInstanceAttribute(r -> r.instanceId(id)))
                .satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() -> ec2.modifyInstanceAttribute(
                        r -> r.instanceId(id).attribute("kernel").value("aki-1")))
                .satisfies(code("UnsupportedOperation"));
        assertThatThrownBy(() -> ec2.modifyInstanceAttribute(
                        r -> r.instanceId(id).ebsOptimized(v -> v.value(true)).disableApiStop(v -> v.value(true))))
                .satisfies(code("InvalidParameterCombination"));
        assertThat(send("Action=ModifyInstanceAttribute&Attribute=colour&Value=red"))
                .contains("InvalidParameterValue");
        assertThat(send("Action=ModifyInstanceAttribute&Attribute=sourceDestCheck&Value=maybe"))
                .contains("InvalidParameterValue");
        assertThat(send("Action=ModifyInstanceAttribute&SourceDestCheck.Value="))
                .contains("InvalidParameterValue");
    }

    @Test
    void groupsDisksAndChecksAreReadBack() {
        var group = ec2.createSecurityGroup(r -> r.groupName("later").description("later"))
                .groupId();
        ec2.modifyInstanceAttribute(r -> r.instanceId(id).groups(group));
        assertThat(read("groupSet").groups()).extracting(g -> g.groupId()).containsExactly(group);
        assertThat(instance().securityGroups()).extracting(g -> g.groupName()).containsExactly("later");
        ec2.modifyInstanceAttribute(r -> r.instanceId(id).sourceDestCheck(v -> v.value(false)));
        assertThat(read("sourceDestCheck").sourceDestCheck().value()).isFalse();
        ec2.resetInstanceAttribute(r -> r.instanceId(id).attribute("sourceDestCheck"));
        assertThat(read("sourceDestCheck").sourceDestCheck().value()).isTrue();
        assertThatThrownBy(
                        () -> ec2.resetInstanceAttribute(r -> r.instanceId(id).attribute("kernel")))
                .satisfies(code("UnsupportedOperation"));
        assertThatThrownBy(
                        () -> ec2.resetInstanceAttribute(r -> r.instanceId(id).attribute("userData")))
                .satisfies(code("InvalidParameterValue"));
        ec2.modifyInstanceAttribute(r -> r.instanceId(id)
                .attribute("blockDeviceMapping")
                .blockDeviceMappings(m -> m.deviceName("/dev/xvda").ebs(e -> e.deleteOnTermination(false))));
        assertThat(read("blockDeviceMapping")
                        .blockDeviceMappings()
                        .getFirst()
                        .ebs()
                        .deleteOnTermination())
                .isFalse();
        assertThatThrownBy(() -> ec2.modifyInstanceAttribute(r -> r.instanceId(id)
                        .blockDeviceMappings(
                                m -> m.deviceName("/dev/xvda").ebs(e -> e.deleteOnTermination(true)),
                                m -> m.deviceName("/dev/sda1").ebs(e -> e.deleteOnTermination(false)))))
                .satisfies(code("InvalidParameterValue"));
        ec2.modifyInstanceAttribute(r -> r.instanceId(id).instanceInitiatedShutdownBehavior(v -> v.value("terminate")));
        assertThat(read("instanceInitiatedShutdownBehavior")
                        .instanceInitiatedShutdownBehavior()
                        .value())
                .isEqualTo("terminate");
        ec2.modifyInstanceAttribute(r -> r.instanceId(id).instanceInitiatedShutdownBehavior(v -> v.value("stop")));
    }

    @Test
    void metadataOptionsBecomeApplied() {
        var answer = ec2.modifyInstanceMetadataOptions(
                r -> r.instanceId(id).httpTokens("optional").httpPutResponseHopLimit(5));
        assertThat(answer.instanceMetadataOptions().stateAsString()).isEqualTo("pending");
        assertThat(answer.instanceMetadataOptions().httpTokensAsString()).isEqualTo("optional");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> instance().metadataOptions().stateAsString(), "applied"::equals);
        assertThat(instance().metadataOptions().httpPutResponseHopLimit()).isEqualTo(5);
        assertThatThrownBy(() ->
                        ec2.modifyInstanceMetadataOptions(r -> r.instanceId(id).httpTokens("perhaps")))
                .satisfies(code("InvalidParameterValue"));
    }

    @Test
    void rehearsesAndReadsTheSmallThings() {
        assertThatThrownBy(() -> ec2.modifyInstanceAttribute(r -> r.instanceId(id)
                        .disableApiTermination(v -> v.value(true))
                        .dryRun(true)))
                .satisfies(code("DryRunOperation"));
        assertThat(read("disableApiTermination").disableApiTermination().value())
                .isFalse();
        assertThat(ec2.unmonitorInstances(r -> r.instanceIds(id)).instanceMonitorings())
                .extracting(m -> m.monitoring().stateAsString())
                .isEqualTo(List.of("disabled"));
        assertThat(ec2.monitorInstances(r -> r.instanceIds(id)).instanceMonitorings())
                .extracting(m -> m.monitoring().stateAsString())
                .isEqualTo(List.of("enabled"));
        assertThat(ec2.getPasswordData(r -> r.instanceId(id)).passwordData()).isEmpty();
        assertThatThrownBy(() -> ec2.getInstanceUefiData(r -> r.instanceId(id)))
                .satisfies(code("UnsupportedOperation"));
    }

    @Test
    void creditsAreUnlimitedWhereEc2CountsThem() {
        assertThat(ec2.describeInstanceCreditSpecifications(r -> r.instanceIds(id))
                        .instanceCreditSpecifications())
                .extracting(c -> c.instanceId(), c -> c.cpuCredits())
                .containsExactly(tuple(id, "unlimited"));
        assertThat(ec2.describeInstanceCreditSpecifications(
                                r -> r.filters(f -> f.name("instance-id").values("i-0*")))
                        .instanceCreditSpecifications())
                .hasSizeLessThanOrEqualTo(1);
        var big = ec2.runInstances(r -> r.imageId(instance().imageId())
                        .instanceType("c5.large")
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
        assertThatThrownBy(() -> ec2.describeInstanceCreditSpecifications(r -> r.instanceIds(big)))
                .satisfies(code("UnsupportedOperation"));
        var changed = ec2.modifyInstanceCreditSpecification(r -> r.instanceCreditSpecifications(
                s -> s.instanceId(id).cpuCredits("unlimited"),
                s -> s.instanceId(big).cpuCredits("unlimited"),
                s -> s.instanceId("i-00000000000000000").cpuCredits("unlimited")));
        assertThat(changed.successfulInstanceCreditSpecifications())
                .extracting(s -> s.instanceId())
                .containsExactly(id);
        assertThat(changed.unsuccessfulInstanceCreditSpecifications())
                .extracting(u -> u.error().codeAsString())
                .containsExactly("InstanceCreditSpecification.NotSupported", "InvalidInstanceID.NotFound");
        assertThatThrownBy(() -> ec2.modifyInstanceCreditSpecification(r ->
                        r.instanceCreditSpecifications(s -> s.instanceId(id).cpuCredits("standard"))))
                .satisfies(code("UnsupportedOperation"));
        ec2.terminateInstances(r -> r.instanceIds(big));
    }

    @Test
    void anInstanceHasTheCoresOfItsType() {
        assertThat(instance().cpuOptions().coreCount()).isEqualTo(1);
        assertThat(instance().cpuOptions().threadsPerCore()).isEqualTo(2);
        assertThat(read("ebsOptimized").ebsOptimized().value()).isFalse();
        assertThatThrownBy(() -> ec2.runInstances(r -> r.imageId(instance().imageId())
                        .instanceType("p3.2xlarge")
                        .minCount(1)
                        .maxCount(1)))
                .satisfies(code("Unsupported"));
        var types = ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings("c4.xlarge", "g4dn.xlarge", "i3.4xlarge"))
                .instanceTypes();
        assertThat(types)
                .extracting(t -> t.instanceTypeAsString())
                .containsExactly("c4.xlarge", "g4dn.xlarge", "i3.4xlarge");
        assertThat(types.get(0).ebsInfo().ebsOptimizedInfo().maximumThroughputInMBps())
                .isEqualTo(93.75);
        assertThat(types.get(1).gpuInfo().totalGpuMemoryInMiB()).isEqualTo(16384);
        assertThat(types.get(2).instanceStorageInfo().totalSizeInGB()).isEqualTo(3800);
        assertThat(types.get(2).networkInfo().networkPerformance()).isEqualTo("Up to 10 Gigabit");
    }

    @Test
    void typesAreOfferedInEveryZone() {
        assertThat(offerings(r -> {})).containsExactly("us-east-1");
        assertThat(offerings(r -> r.locationType("availability-zone"))).containsExactly("us-east-1a");
        assertThat(offerings(r -> r.locationType("availability-zone-id"))).containsExactly("use1-az1");
        assertThatThrownBy(() -> offerings(r -> r.locationType("outpost"))).satisfies(code("InvalidParameterValue"));
        var pages = ec2
                .describeInstanceTypeOfferingsPaginator(
                        r -> r.maxResults(20).filters(f -> f.name("location").values("us-*")))
                .stream()
                .map(p -> p.instanceTypeOfferings().size())
                .toList();
        assertThat(pages).startsWith(20).hasSizeGreaterThan(1);
    }

    /** Where t3.nano is offered. */
    private List<String> offerings(Consumer<DescribeInstanceTypeOfferingsRequest.Builder> change) {
        return ec2
                .describeInstanceTypeOfferings(r -> {
                    r.filters(f -> f.name("instance-type").values("t3.nano"));
                    change.accept(r);
                })
                .instanceTypeOfferings()
                .stream()
                .map(o -> o.location())
                .toList();
    }

    @Test
    void theAccountAndItsVpcTellWhatTheyAre() {
        var vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        assertThat(ec2.describeAccountAttributes().accountAttributes())
                .extracting(
                        a -> a.attributeName(),
                        a -> a.attributeValues().getFirst().attributeValue())
                .contains(
                        tuple("supported-platforms", "VPC"),
                        tuple("default-vpc", vpc),
                        tuple("vpc-max-security-groups-per-interface", "5"));
        assertThat(ec2.describeAccountAttributes(r -> r.attributeNamesWithStrings("max-instances"))
                        .accountAttributes())
                .hasSize(1);
        assertThatThrownBy(() -> ec2.describeAccountAttributes(r -> r.attributeNamesWithStrings("colour")))
                .satisfies(code("InvalidParameterValue"));
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("enableDnsSupport"))
                        .enableDnsSupport()
                        .value())
                .isTrue();
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("enableDnsHostnames"))
                        .enableDnsHostnames()
                        .value())
                .isTrue();
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("enableNetworkAddressUsageMetrics"))
                        .enableNetworkAddressUsageMetrics()
                        .value())
                .isFalse();
        assertThatThrownBy(() -> ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("colour")))
                .satisfies(code("InvalidParameterValue"));
    }

    private List<String> found(String filter, String value) {
        return ec2.describeInstances(r -> r.filters(filter(filter, value))).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }

    /** What the instance's host was told last of the VPC. */
    private String told(String vpc) {
        return jdbc.sql("SELECT body::text FROM host_document WHERE kind = 'vpc' AND id = ?")
                .param(vpc)
                .query(String.class)
                .single();
    }

    @Test
    void publicNamesAreAsTheVpcSays() {
        var vpc = instance().vpcId();
        var name = "ec2-" + instance().publicIpAddress().replace('.', '-') + ".compute.croft.internal";
        assertThat(instance().publicDnsName()).isEqualTo(name);
        assertThat(instance().networkInterfaces().getFirst().association().publicDnsName())
                .isEqualTo(name);
        assertThat(ec2.describeNetworkInterfaces(r -> r.filters(filter("association.public-dns-name", name)))
                        .networkInterfaces())
                .singleElement()
                .satisfies(n -> assertThat(n.association().publicDnsName()).isEqualTo(name));
        assertThat(found("dns-name", name)).containsExactly(id);
        assertThat(found("network-interface.association.public-dns-name", name)).containsExactly(id);
        assertThat(told(vpc)).contains("\"publicDomain\": \"compute.croft.internal\"", "\"resolves\": true");

        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(a -> a.value(false)));
        assertThat(instance().publicDnsName()).isEmpty();
        assertThat(found("dns-name", name)).isEmpty();
        assertThat(told(vpc)).doesNotContain("publicDomain").contains("\"resolves\": true");
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsSupport(a -> a.value(false)));
        assertThat(told(vpc)).contains("\"resolves\": false");
        assertThatThrownBy(() -> ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(a -> a.value(true))))
                .satisfies(code("InvalidParameterCombination"));

        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsSupport(a -> a.value(true)));
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(a -> a.value(true)));
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsSupport(a -> a.value(false)));
        assertThat(instance().publicDnsName()).as("names need a resolver").isEmpty();
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("enableDnsHostnames"))
                        .enableDnsHostnames()
                        .value())
                .isTrue();
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsSupport(a -> a.value(true)));
        assertThat(instance().publicDnsName()).isEqualTo(name);
    }

    @Test
    void oneAttributeOfAVpcIsChangedAtATime() {
        var vpc = instance().vpcId();
        assertThatThrownBy(() -> ec2.modifyVpcAttribute(r -> r.vpcId(vpc)))
                .satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() -> ec2.modifyVpcAttribute(
                        r -> r.vpcId(vpc).enableDnsSupport(a -> a.value(true)).enableDnsHostnames(a -> a.value(true))))
                .satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() ->
                        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableNetworkAddressUsageMetrics(a -> a.value(true))))
                .satisfies(code("UnsupportedOperation"));
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableNetworkAddressUsageMetrics(a -> a.value(false)));
        assertThatThrownBy(() -> ec2.modifyVpcAttribute(r -> r.vpcId("vpc-1").enableDnsSupport(a -> a.value(true))))
                .satisfies(code("InvalidVpcID.Malformed"));
    }

    private static Consumer<Throwable> code(String code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
