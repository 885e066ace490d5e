package io.croft.controller.awsedge.restjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.EmptyTexts;
import io.croft.controller.awsedge.Streamed;
import io.croft.controller.awsedge.SupportedParameters;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ebs.model.GetSnapshotBlockResponse;
import software.amazon.awssdk.services.ebs.model.ListSnapshotBlocksRequest;
import software.amazon.awssdk.services.ebs.model.ListSnapshotBlocksResponse;
import software.amazon.awssdk.services.ebs.model.PutSnapshotBlockRequest;
import software.amazon.awssdk.services.ebs.model.StartSnapshotRequest;
import software.amazon.awssdk.services.ebs.model.StartSnapshotResponse;

/** Requests and answers of a service that speaks REST-JSON, by EBS direct's own classes. */
class RestJsonProtocolTest {
    private static final RestJsonProtocol PROTOCOL = new RestJsonProtocol(List.of(
            new Operation("StartSnapshot", "POST", "/snapshots", 201, false),
            new Operation("PutSnapshotBlock", "PUT", "/snapshots/{snapshotId}/blocks/{blockIndex}", 201, true),
            new Operation("GetSnapshotBlock", "GET", "/snapshots/{snapshotId}/blocks/{blockIndex}", 200, false),
            new Operation("ListSnapshotBlocks", "GET", "/snapshots/{snapshotId}/blocks", 200, false)));

    private static final AwsService SERVICE = new AwsService("ebs", PROTOCOL, "");
    private static final SupportedParameters ALL = new SupportedParameters(Set.of(), List.of(""), Set.of());
    private static final EmptyTexts EMPTIES = new EmptyTexts("Action", Set.of("Tags.Value"), List.of(), Map.of());

    private static RawRequest request(
            String method, String path, String query, Map<String, List<String>> headers, String body) {
        return new RawRequest(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Object read(RawRequest request, SdkPojo builder) {
        return PROTOCOL.open(request).read(builder, ALL, EMPTIES);
    }

    private static StartSnapshotRequest start(String body) {
        return (StartSnapshotRequest)
                read(request("POST", "/snapshots", "", Map.of(), body), (SdkPojo) StartSnapshotRequest.builder());
    }

    @Test
    void aBodyIsRead() {
        var read = start(
                "{\"VolumeSize\":8,\"Description\":null,\"Tags\":[{\"Key\":\"a\",\"Value\":\"\"}],\"Encrypted\":false}");
        assertThat(read.volumeSize()).isEqualTo(8);
        assertThat(read.description()).isNull();
        assertThat(read.encrypted()).isFalse();
        assertThat(read.tags()).singleElement().satisfies(t -> {
            assertThat(t.key()).isEqualTo("a");
            assertThat(t.value()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"VolumeSize":"8"}            | INVALID_PARAMETER_VALUE
                    {"VolumeSize":8.5}            | INVALID_PARAMETER_VALUE
                    {"VolumeSize":1e99}           | INVALID_PARAMETER_VALUE
                    {"VolumeSize":true}           | INVALID_PARAMETER_VALUE
                    {"Timeout":99999999999}       | INVALID_PARAMETER_VALUE
                    {"Encrypted":"false"}         | INVALID_PARAMETER_VALUE
                    {"Description":7}             | INVALID_PARAMETER_VALUE
                    {"ClientToken":""}            | INVALID_PARAMETER_VALUE
                    {"Tags":{}}                   | INVALID_PARAMETER_VALUE
                    {"Tags":[null]}               | INVALID_PARAMETER_VALUE
                    {"Tags":["a"]}                | INVALID_PARAMETER_VALUE
                    {"Tags":[{"Kex":"a"}]}        | UNKNOWN_PARAMETER
                    {"volumeSize":8}              | UNKNOWN_PARAMETER
                    {"VolumeSize":8,"Color":null} | UNKNOWN_PARAMETER
                    {"VolumeSize":8,"VolumeSize":9} | MALFORMED_BODY
                    {"VolumeSize":8} {}           | MALFORMED_BODY
                    {"VolumeSize":                | MALFORMED_BODY
                    [8]                           | MALFORMED_BODY
                    8                             | MALFORMED_BODY
                    """)
    void whatIsNoneIsRefused(String body, String code) {
        assertThatThrownBy(() -> start(body))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code().name()).isEqualTo(code));
    }

    @Test
    void pathQueryAndHeadersAreRead() {
        var listed = (ListSnapshotBlocksRequest) read(
                request("GET", "/snapshots/snap-1/blocks", "maxResults=100&pageToken=a%2Bb%3D", Map.of(), ""),
                (SdkPojo) ListSnapshotBlocksRequest.builder());
        assertThat(listed.snapshotId()).isEqualTo("snap-1");
        assertThat(listed.maxResults()).isEqualTo(100);
        assertThat(listed.nextToken()).isEqualTo("a+b=");
        var request = request(
                "PUT",
                "/snapshots/snap%2D1/blocks/7",
                "",
                Map.of("x-amz-data-length", List.of("524288"), "x-amz-checksum", List.of("abc=")),
                "any bytes {");
        var put = (PutSnapshotBlockRequest) read(request, (SdkPojo) PutSnapshotBlockRequest.builder());
        assertThat(put.snapshotId()).isEqualTo("snap-1");
        assertThat(put.blockIndex()).isEqualTo(7);
        assertThat(put.dataLength()).isEqualTo(524_288);
        assertThat(put.checksum()).isEqualTo("abc=");
        assertThat(PROTOCOL.open(request).payload().asUtf8String()).isEqualTo("any bytes {");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,    /snapshots/s/blocks,    maxResults=many,            INVALID_PARAMETER_VALUE
            GET,    /snapshots/s/blocks,    maxResults=1&maxResults=2,  INVALID_PARAMETER_COMBINATION
            GET,    /snapshots/s/blocks,    MaxResults=100,             UNKNOWN_PARAMETER
            GET,    /snapshots/s/blocks/,   '',                         INVALID_ACTION
            GET,    /snapshots//blocks,     '',                         INVALID_ACTION
            GET,    /snapshots,             '',                         INVALID_ACTION
            DELETE, /snapshots/s/blocks,    '',                         INVALID_ACTION
            GET,    /,                      '',                         INVALID_ACTION
            """)
    void otherRequestsAreRefused(String method, String path, String query, String code) {
        assertThatThrownBy(() ->
                        read(request(method, path, query, Map.of(), ""), (SdkPojo) ListSnapshotBlocksRequest.builder()))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code().name()).isEqualTo(code));
    }

    @Test
    void anAnswerHasItsMembersAndNoOthers() {
        var started = PROTOCOL.write(
                SERVICE,
                "StartSnapshot",
                StartSnapshotResponse.builder()
                        .snapshotId("snap-1")
                        .startTime(Instant.ofEpochMilli(1_700_000_000_250L))
                        .volumeSize(1L)
                        .build(),
                "id");
        assertThat(started.status()).isEqualTo(201);
        assertThat(started.type()).isEqualTo("application/json");
        assertThat(started.bytes().asUtf8String())
                .contains("\"SnapshotId\":\"snap-1\"", "\"StartTime\":1700000000.250", "\"VolumeSize\":1")
                .doesNotContain("Tags", "Description");
        var listed = PROTOCOL.write(
                SERVICE,
                "ListSnapshotBlocks",
                ListSnapshotBlocksResponse.builder().blocks(List.of()).build(),
                "id");
        assertThat(listed.bytes().asUtf8String()).isEqualTo("{\"Blocks\":[]}");
    }

    @Test
    void anAnswerMayBeBytes() {
        var head = GetSnapshotBlockResponse.builder()
                .dataLength(3)
                .checksum("abc=")
                .build();
        var got = PROTOCOL.write(SERVICE, "GetSnapshotBlock", new Streamed(head, SdkBytes.fromUtf8String("abc")), "id");
        assertThat(got.type()).isEqualTo("application/octet-stream");
        assertThat(got.headers()).isEqualTo(Map.of("x-amz-Data-Length", "3", "x-amz-Checksum", "abc="));
        assertThat(got.bytes().asUtf8String()).isEqualTo("abc");
    }
}
