package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.croft.controller.CroftController;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** While the controller reconciles, what would change something is refused as unavailable in the form of whoever asks, and reading goes on. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class ReconcilingEdgeIT {
    private static final String WHY = "restored";
    private static final String BOTO3 = """
        import sys, boto3
        from botocore.exceptions import ClientError
        for service, call in (('ec2', lambda c: c.create_tags(Resources=['vpc-0123456789abcdef0'], Tags=[{'Key': 'k'}])), ('iam', lambda c: c.create_access_key())):
            client = boto3.client(service, endpoint_url=sys.argv[1])
            try:
                call(client)
            except ClientError as e:
                print(e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode'],
                      bool(e.response['ResponseMetadata']['RequestId']), 'restored' in e.response['Error']['Message'])
        print(len(boto3.client('ec2', endpoint_url=sys.argv[1]).describe_vpcs()['Vpcs']))
        """;

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    JdbcClient jdbc;

    private Tenant tenant;

    /** By the row alone: hosts are awaited by rows of their own, and others' tests need this one's host. */
    @BeforeAll
    void reconcile() {
        tenant = tenants.create("reconciling");
        jdbc.sql("UPDATE controller_era SET state = 'RECONCILING', reason = 'A test.', since = now()")
                .update();
    }

    @AfterAll
    void serve() {
        jdbc.sql("UPDATE controller_era SET state = 'SERVING', reason = NULL, since = NULL")
                .update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action=RunInstances&ImageId=ami-0123456789abcdef0&MinCount=1&MaxCount=1",
                "Action=RunInstances&ImageId=ami-0123456789abcdef0&MinCount=1&MaxCount=1&DryRun=true",
                "Action=TerminateInstances&InstanceId.1=i-0123456789abcdef0",
                "Action=CreateTags&ResourceId.1=i-0123456789abcdef0&Tag.1.Key=a",
                "Action=AuthorizeSecurityGroupIngress&GroupId=sg-0123456789abcdef0",
                "Action=StopInstances"
            })
    void isToldInEc2sForm(String form) {
        var answer = tenant.send("ec2", form + "&Version=2016-11-15");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/xml");
        assertThat(answer.body())
                .contains("<Response><Errors><Error><Code>Unavailable</Code><Message>", WHY, "<RequestID>");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            iam, Action=CreateAccessKey&Version=2010-05-08
            iam, Action=DeleteAccessKey&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Version=2010-05-08
            """)
    void isToldInTheOtherQueryServicesForm(String service, String form) {
        var answer = tenant.send(service, form);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/xml");
        assertThat(answer.body())
                .contains(
                        "<ErrorResponse><Error><Type>Receiver</Type><Code>ServiceUnavailable</Code><Message>",
                        WHY,
                        "<RequestId>");
    }

    @Test
    void theSdkReadsIt() {
        assertThatThrownBy(() -> tenant.ec2.createTags(
                        r -> r.resources("vpc-0123456789abcdef0").tags(t -> t.key("k"))))
                .isInstanceOfSatisfying(AwsServiceException.class, e -> unavailable(e, "Unavailable"));
        assertThatThrownBy(() -> tenant.iam().createAccessKey())
                .isInstanceOfSatisfying(AwsServiceException.class, e -> unavailable(e, "ServiceUnavailable"));
        assertThat(tenant.ec2.describeVpcs().vpcs()).hasSize(1);
        assertThat(tenant.sts().getCallerIdentity().account()).isEqualTo(tenant.account.value());
    }

    private static void unavailable(AwsServiceException e, String code) {
        assertThat(e.statusCode()).isEqualTo(503);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.awsErrorDetails().errorMessage()).contains(WHY);
        assertThat(e.requestId()).isNotEmpty();
    }

    @Test
    void theAwsCliReadsIt() {
        var aws = Path.of("/usr/bin/aws");
        assumeThat(aws).isExecutable();
        var refused =
                run(aws.toString(), "--endpoint-url", "", "ec2", "delete-tags", "--resources", "vpc-0123456789abcdef0");
        assertThat(refused.status()).isEqualTo(254);
        assertThat(refused.errors()).contains("(Unavailable)", "DeleteTags", WHY);
        var read = run(
                aws.toString(),
                "--endpoint-url",
                "",
                "ec2",
                "describe-vpcs",
                "--query",
                "length(Vpcs)",
                "--output",
                "text");
        assertThat(read.output().strip()).isEqualTo("1");
    }

    @Test
    void boto3ReadsIt() {
        assumeThat(Path.of("/usr/lib/python3/dist-packages/boto3")).isDirectory();
        var ended = run("/usr/bin/python3", "-c", BOTO3, "");
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output()).isEqualTo("Unavailable 503 True True\nServiceUnavailable 503 True True\n1\n");
    }

    /** Runs a command with the endpoint in the place of its empty word. */
    private ClientProcess.Ended run(String... command) {
        return ClientProcess.run(
                tenant.key.id(),
                tenant.key.secret(),
                List.of(command).stream()
                        .map(w -> w.isEmpty() ? tenant.endpoint().toString() : w)
                        .toList());
    }
}
