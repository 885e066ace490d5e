package io.croft.controller.awsedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.awsedge.query.QueryProtocol;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** The edge under the AWS SDK's own client: what the SDK marshals and signs is proved and decoded, and the SDK reads the answer. */
@Timeout(60)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class AwsDispatchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final AwsService EC2 = new AwsService(
            "ec2",
            QueryProtocol.EC2,
            "http://ec2.amazonaws.com/doc/2016-11-15/",
            Set.of(),
            true,
            Map.of(),
            Map.of("ImageId", ErrorCode.IMAGE_ID_MALFORMED, "InstanceId", ErrorCode.INSTANCE_ID_MALFORMED));
    private static final AwsService STS =
            new AwsService("sts", QueryProtocol.AWS, "https://sts.amazonaws.com/doc/2011-06-15/");

    private final Instances instances = new Instances();
    private final InMemoryEdge edge = edge(Map.of());

    /** For requests signed by hand; the SDK's client signs by the real clock. */
    private final InMemoryEdge stopped = edge(Clock.fixed(NOW, ZoneOffset.UTC), Map.of());

    @ActionGroup(service = "ec2")
    static class Instances {
        private int launches;
        private RunInstancesRequest last = RunInstancesRequest.builder().build();
        private RuntimeException failure = new CloudException(ErrorCode.INTERNAL_ERROR, "unset");

        @Action(
                supports = {
                    "ImageId",
                    "MinCount",
                    "MaxCount",
                    "ClientToken",
                    "Placement.AvailabilityZone",
                    "TagSpecification.*",
                    "BlockDeviceMapping.DeviceName",
                    "BlockDeviceMapping.Ebs.VolumeSize"
                },
                accepts = "EbsOptimized=false",
                emptyIsAbsent =
                        @Action.EmptyIsAbsent(
                                value = {"ClientToken", "Placement.AvailabilityZone"},
                                because = "a client sends them"))
        RunInstancesResponse runInstances(Caller caller, RunInstancesRequest request) {
            launches++;
            last = request;
            return RunInstancesResponse.builder()
                    .reservationId("r-0123456789abcdef0")
                    .ownerId(caller.account().value())
                    .groups(List.of())
                    .instances(i -> i.instanceId("i-0123456789abcdef0")
                            .launchTime(NOW)
                            .state(s -> s.code(0).name("pending"))
                            .ebsOptimized(false)
                            .placement(p -> p.availabilityZone("us-east-1a"))
                            .tags(t -> t.key("a<b>&\"").value("über\r\n☁")))
                    .build();
        }

        @Action(supports = {"InstanceId", "Filter.*", "NextToken"})
        DescribeInstancesResponse describeInstances(Caller caller, DescribeInstancesRequest request) {
            request.instanceIds().forEach(InstanceId::new);
            return DescribeInstancesResponse.builder().reservations(List.of()).build();
        }

        @Action(supports = "InstanceId")
        RebootInstancesResponse rebootInstances(Caller caller, RebootInstancesRequest request) {
            throw failure;
        }
    }

    @ActionGroup(service = "sts")
    static class Identity {
        @Action
        GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest request) {
            return GetCallerIdentityResponse.builder()
                    .account(caller.account().value())
                    .build();
        }
    }

    private InMemoryEdge edge(Map<String, String> settings) {
        return edge(Clock.systemUTC(), settings);
    }

    private InMemoryEdge edge(Clock clock, Map<String, String> settings) {
        return new InMemoryEdge(clock, settings, List.of(EC2, STS), instances, new Identity());
    }

    @Test
    void carriesARequestAndItsAnswer() {
        var answer = ec2().runInstances(r -> r.imageId("ami-0123456789abcdef0")
                .minCount(1)
                .maxCount(3)
                .ebsOptimized(false)
                .blockDeviceMappings(m -> m.deviceName("/dev/xvda").ebs(e -> e.volumeSize(9)))
                .tagSpecifications(
                        s -> s.resourceType("instance").tags(t -> t.key("Name").value("a b+c%d/é")))
                .clientToken("t"));
        assertThat(instances.last.imageId()).isEqualTo("ami-0123456789abcdef0");
        assertThat(instances.last.maxCount()).isEqualTo(3);
        assertThat(instances.last.blockDeviceMappings().getFirst().ebs().volumeSize())
                .isEqualTo(9);
        assertThat(instances
                        .last
                        .tagSpecifications()
                        .getFirst()
                        .tags()
                        .getFirst()
                        .value())
                .isEqualTo("a b+c%d/é");
        var instance = answer.instances().getFirst();
        assertThat(instance.launchTime()).isEqualTo(NOW);
        assertThat(instance.tags().getFirst().key()).isEqualTo("a<b>&\"");
        assertThat(instance.tags().getFirst().value()).isEqualTo("über\r\n☁");
        assertThat(instance.stateReason()).isNull();
        assertThat(answer.responseMetadata().requestId()).isNotEmpty();
        assertThat(answer.hasGroups()).isTrue();
    }

    @Test
    void namesAConflictAndRecordsIt() {
        instances.failure = new CloudException(ErrorCode.INCORRECT_INSTANCE_STATE, "not now");
        assertThatThrownBy(() -> ec2().rebootInstances(r -> r.instanceIds("i-0123456789abcdef0")))
                .satisfies(code("IncorrectInstanceState", 400))
                .hasMessageContaining("not now");
        assertThat(edge.audited).singleElement().satisfies(e -> {
            assertThat(e.action()).isEqualTo("ec2:RebootInstances");
            assertThat(e.resource()).isEqualTo("i-0123456789abcdef0");
            assertThat(e.outcome()).isEqualTo("IncorrectInstanceState");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "AKIAUNKNOWN, s, AuthFailure, 401",
        "AKIAINACTIVE, " + InMemoryEdge.SECRET + ", AuthFailure, 401",
        InMemoryEdge.KEY_ID + ", wrong, AuthFailure, 401",
        InMemoryEdge.READER_KEY_ID + ", " + InMemoryEdge.SECRET + ", UnauthorizedOperation, 403"
    })
    void refusesWhoMayNot(String id, String secret, String code, int status) {
        assertThatThrownBy(() -> edge.ec2(id, secret)
                        .runInstances(r ->
                                r.imageId("ami-0123456789abcdef0").minCount(1).maxCount(1)))
                .satisfies(code(code, status));
        assertThat(instances.launches).isZero();
        assertThat(edge.audited)
                .singleElement()
                .satisfies(e -> assertThat(e.outcome()).isEqualTo(code));
    }

    @Test
    void letsAReaderRead() {
        assertThat(edge.ec2(InMemoryEdge.READER_KEY_ID, InMemoryEdge.SECRET)
                        .describeInstances()
                        .reservations())
                .isEmpty();
        assertThat(edge.audited).isEmpty();
    }

    @Test
    void refusesASessionTokenThatNobodyGave() {
        var session = AwsSessionCredentials.create(InMemoryEdge.KEY_ID, InMemoryEdge.SECRET, "token");
        assertThatThrownBy(() -> edge.ec2(session, Region.US_EAST_1).describeInstances())
                .satisfies(code("AuthFailure", 401));
    }

    @ParameterizedTest
    @CsvSource({"PT14M59S, true", "PT15M1S, false", "-PT14M59S, true", "-PT15M1S, false"})
    void allowsClocksAQuarterOfAnHour(Duration off, boolean taken) {
        var request = signed(Clock.fixed(NOW.plus(off), ZoneOffset.UTC), "Action=DescribeInstances");
        var answer = stopped.answer(request);
        assertThat(answer.status()).isEqualTo(taken ? 200 : 400);
        assertThat(text(answer.content()).contains("<Code>RequestExpired</Code>"))
                .isEqualTo(!taken);
    }

    @Test
    void takesAPresignedGet() {
        var answer = stopped.answer(presigned(NOW.minusSeconds(3599), Duration.ofHours(1)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer.content())).contains("<Account>" + InMemoryEdge.ACCOUNT + "</Account>");
    }

    @Test
    void refusesAPresignedGetThatIsOver() {
        var answer = stopped.answer(presigned(NOW.minusSeconds(3601), Duration.ofHours(1)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(text(answer.content())).contains("<Code>SignatureDoesNotMatch</Code>", "<ErrorResponse>");
    }

    @Test
    void refusesAnotherRegion() {
        assertThatThrownBy(() -> edge.ec2(credentials(), Region.EU_WEST_1).describeInstances())
                .satisfies(code("AuthFailure", 401))
                .hasMessageContaining("'eu-west-1'");
    }

    @Test
    void answersUnknownActionsAndServicesWith400() {
        assertThatThrownBy(() -> ec2().describeVpcs()).satisfies(code("InvalidAction", 400));
        assertThat(body("Action=&Version=2016-11-15")).contains("<Code>MissingAction</Code>");
        assertThat(body("Version=2016-11-15")).contains("<Code>MissingAction</Code>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Nonsense=1 | UnknownParameter | Nonsense
                    ImageId.1=x | UnknownParameter | ImageId.1
                    BlockDeviceMapping.1.Ebs.Size=1 | UnknownParameter | BlockDeviceMapping.1.Ebs.Size
                    BlockDeviceMapping.x.DeviceName=a | UnknownParameter | BlockDeviceMapping.x
                    BlockDeviceMapping.0.DeviceName=a | UnknownParameter | BlockDeviceMapping.0
                    KernelId=aki-1 | UnsupportedOperation | KernelId
                    BlockDeviceMapping.1.Ebs.KmsKeyId=9 | UnsupportedOperation | BlockDeviceMapping.1.Ebs.KmsKeyId
                    EbsOptimized=true | UnsupportedOperation | EbsOptimized
                    MinCount=many | InvalidParameterValue | MinCount
                    MinCount=99999999999 | InvalidParameterValue | MinCount
                    EbsOptimized=perhaps | UnsupportedOperation | EbsOptimized
                    DryRun=perhaps | InvalidParameterValue | DryRun
                    ImageId=a&ImageId=b | InvalidParameterCombination | ImageId
                    Action=DescribeInstances | InvalidParameterCombination | Action
                    ImageId=%zz | MalformedQueryString | escape
                    ImageId=%ff | MalformedQueryString | UTF-8
                    ImageId=a%00b | MalformedQueryString | NUL
                    BlockDeviceMapping.1=x | InvalidParameterValue | BlockDeviceMapping.1
                    """)
    void refusesWhatItDoesNotKnowByName(String parameters, String code, String named) {
        assertThat(body("Action=RunInstances&" + parameters)).contains("<Code>" + code + "</Code>", named);
        assertThat(instances.launches).isZero();
    }

    @Test
    void takesListsWithGapsInAnyOrder() {
        body(
                "Action=RunInstances&EbsOptimized=False&BlockDeviceMapping.10.DeviceName=c&BlockDeviceMapping.2.DeviceName=b");
        assertThat(instances.launches).isOne();
        assertThat(instances.last.blockDeviceMappings())
                .extracting(m -> m.deviceName())
                .containsExactly("b", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ImageId= | InvalidAMIID.Malformed | ImageId
                    MinCount= | InvalidParameterValue | MinCount
                    KernelId= | UnsupportedOperation | KernelId
                    EbsOptimized= | UnsupportedOperation | EbsOptimized
                    DryRun= | InvalidParameterValue | DryRun
                    BlockDeviceMapping= | InvalidParameterValue | a list
                    BlockDeviceMapping.1= | InvalidParameterValue | a structure
                    BlockDeviceMapping.1.DeviceName=a&BlockDeviceMapping.2.DeviceName= | InvalidParameterValue | BlockDeviceMapping.2.DeviceName
                    TagSpecification.1.Tag.1.Key= | InvalidParameterValue | TagSpecification.1.Tag.1.Key
                    TagSpecification.1.ResourceType= | InvalidParameterValue | TagSpecification.1.ResourceType
                    """)
    void takesAnEmptyTextForAnError(String parameters, String code, String named) {
        assertThat(body("Action=RunInstances&" + parameters)).contains("<Code>" + code + "</Code>", named);
        assertThat(instances.launches).isZero();
    }

    @Test
    void leavesOutWhatClientsSendEmpty() {
        body("Action=RunInstances&ClientToken=&Placement.AvailabilityZone=");
        assertThat(instances.launches).isOne();
        assertThat(instances.last.clientToken()).isNull();
        assertThat(instances.last.placement().availabilityZone()).isNull();
        assertThat(body("Action=DescribeInstances&NextToken=")).contains("<reservationSet/>");
        assertThat(body("Action=DescribeInstances&InstanceId.1=")).contains("<Code>InvalidInstanceID.Malformed</Code>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%01", "a%1Fb", "%0B", "%EF%BF%BE", "%EF%BF%BF"})
    void refusesTextThatXmlCannotCarry(String value) {
        assertThat(body("Action=RunInstances&ImageId=a&TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value="
                        + value))
                .contains("<Code>InvalidParameterValue</Code>", "TagSpecification.1.Tag.1.Value", "U+");
        assertThat(instances.launches).isZero();
    }

    @Test
    void keepsTheEmptyValueOfATag() {
        body("Action=RunInstances&TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=k"
                + "&TagSpecification.1.Tag.1.Value=");
        assertThat(instances
                        .last
                        .tagSpecifications()
                        .getFirst()
                        .tags()
                        .getFirst()
                        .value())
                .isEmpty();
    }

    @Test
    void rehearsesADryRun() {
        assertThatThrownBy(() -> ec2().runInstances(r -> r.imageId("ami-0123456789abcdef0")
                        .minCount(1)
                        .maxCount(1)
                        .dryRun(true)))
                .satisfies(code("DryRunOperation", 412));
        assertThat(instances.launches).isOne();
        assertThat(edge.transactions.ends).containsExactly("rollback");
    }

    @Test
    void namesAMalformedIdByItsType() {
        assertThatThrownBy(() -> ec2().describeInstances(r -> r.instanceIds("i-nonsense")))
                .satisfies(code("InvalidInstanceID.Malformed", 400));
    }

    @Test
    void hidesWhatABugSays() {
        instances.failure = new IllegalStateException("column x of table y");
        assertThatThrownBy(() -> ec2().rebootInstances(r -> r.instanceIds("i-0123456789abcdef0")))
                .satisfies(code("InternalError", 500))
                .hasMessageNotContaining("column");
    }

    @Test
    void limitsAnAccountsRequests() {
        var small = edge(Map.of("croft.edge.throttle.burst", "2", "croft.edge.throttle.per-second", "1"));
        var client = small.ec2();
        client.describeInstances();
        client.describeInstances();
        assertThatThrownBy(client::describeInstances).satisfies(code("RequestLimitExceeded", 503));
    }

    @Test
    void countsRequestsByActionAndCode() {
        ec2().describeInstances();
        assertThat(edge.meters
                        .get("croft.ec2api.requests")
                        .tags("action", "DescribeInstances", "code", "Success")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void speaksAwsQueryToSts() {
        assertThat(sts(InMemoryEdge.SECRET).getCallerIdentity().account()).isEqualTo(InMemoryEdge.ACCOUNT.value());
        assertThatThrownBy(() -> sts("wrong").getCallerIdentity())
                .isInstanceOf(StsException.class)
                .satisfies(code("SignatureDoesNotMatch", 403));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void mapsEveryErrorOnEveryEdge(ErrorCode error) {
        for (var service : List.of(EC2, STS)) {
            var form = service.equals(EC2) ? ErrorForm.EC2 : ErrorForm.AWS_QUERY;
            var document = ErrorDocument.of(service, form, error, "why", "id");
            assertThat(document.status()).isBetween(400, 503);
            assertThat(document.code()).isNotBlank();
            assertThat(text(document.content()))
                    .contains("<Code>" + document.code() + "</Code>", "<Message>why</Message>");
        }
        instances.failure = new CloudException(error, "why");
        assertThatThrownBy(() -> ec2().rebootInstances(r -> r.instanceIds("i-0123456789abcdef0")))
                .isInstanceOf(Ec2Exception.class)
                .satisfies(code(error.ec2Name(), error.status()));
    }

    private String body(String form) {
        return text(
                stopped.answer(signed(Clock.fixed(NOW, ZoneOffset.UTC), form)).content());
    }

    private static RawRequest signed(Clock clock, String form) {
        var bytes = form.getBytes(StandardCharsets.UTF_8);
        var request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://127.0.0.1:8080/"))
                .putHeader("content-type", "application/x-www-form-urlencoded; charset=utf-8")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsBasicCredentials.create(InMemoryEdge.KEY_ID, InMemoryEdge.SECRET))
                        .request(request)
                        .payload(() -> new java.io.ByteArrayInputStream(bytes))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "ec2")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        return InMemoryEdge.raw(signed.request(), bytes);
    }

    private static RawRequest presigned(Instant when, Duration lifetime) {
        var request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("http://127.0.0.1:8080/?Action=GetCallerIdentity&Version=2011-06-15"))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsBasicCredentials.create(InMemoryEdge.KEY_ID, InMemoryEdge.SECRET))
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, lifetime)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(when, ZoneOffset.UTC)));
        return InMemoryEdge.raw(signed.request(), new byte[0]);
    }

    private Ec2Client ec2() {
        return edge.ec2();
    }

    private StsClient sts(String secret) {
        return StsClient.builder()
                .httpClient(edge)
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:8080"))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(InMemoryEdge.KEY_ID, secret)))
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private static AwsCredentials credentials() {
        return AwsBasicCredentials.create(InMemoryEdge.KEY_ID, InMemoryEdge.SECRET);
    }

    private static Consumer<Throwable> code(String code, int status) {
        return thrown -> assertThat(thrown).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private static String text(Content content) {
        return content.bytes().asUtf8String();
    }
}
