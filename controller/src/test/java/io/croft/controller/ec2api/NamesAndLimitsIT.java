package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.fixture.NounFixtures;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
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

    @Autowired
    BeanFactory beans;

    private Tenant tenant;
    private Map<String, String> ids = Map.of();

    @BeforeAll
    void start() {
        tenant = tenants.create("names");
        ids = NounFixtures.make(tenant, beans);
    }

    private String id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    static Stream<Arguments> refusals() {
        return NounFixtures.rows(3, NounFixture::refusals)
                .flatMap(row -> Stream.of(row.getFirst().split(" ", -1))
                        .map(action -> Arguments.of(action, row.get(1), row.get(2))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void areRefusedByEc2sName(String action, String parameters, String code) {
        var before = instances();
        var answer = tenant.send("ec2", "Action=" + action + "&" + NounFixtures.filled(parameters, ids));
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
        var answer = tenant.send("ec2", "Action=" + NounFixtures.filled(call, ids));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (call.contains("aws-")) {
            assertThat(answer.body()).contains("<imagesSet/>");
        }
    }

    private int instances() {
        return tenant.ec2.describeInstances().reservations().size();
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
                    "ImageId=" + id("image"),
                    "InstanceType=t3.nano",
                    "MinCount=1",
                    "MaxCount=1",
                    "UserData=" + wrapped);
            assertThat(launched.error()).isEmpty();
            var id = launched.at("instancesSet/item/instanceId");
            assertThat(userData(id)).isEqualTo(plain);
            tenant.ec2.terminateInstances(r -> r.instanceIds(id));
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
                        Stream.concat(Stream.of("InstanceId=" + id("instance")), Stream.of(parameters))
                                .toArray(String[]::new))
                .error();
    }
}
