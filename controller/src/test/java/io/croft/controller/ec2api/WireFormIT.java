package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** What is no request of AWS's query protocols, or hardly HTTP, is refused in the form that the client reads: that of the service it signed for. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireFormIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ASKED = "Action=DescribeRegions";
    private static final Pattern ID_OF_EC2 =
            Pattern.compile("<Response><Errors>.*<RequestID>([^<]+)</RequestID></Response>");
    private static final Pattern ID_OF_QUERY = Pattern.compile(
            "<ErrorResponse><Error><Type>Sender</Type>.*<RequestId>([^<]+)</RequestId></ErrorResponse>");
    private static final Pattern ID_HEADER = Pattern.compile("(?i)\r\nx-amzn-requestid: ([^\r]+)\r\n");

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;

    @BeforeAll
    void start() {
        tenant = tenants.create("wire");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            ec2, POST, /,                   multipart/form-data,                400
            ec2, POST, /,                   multipart/form-data; boundary=x,    400
            ec2, POST, /,                   multipart/mixed,                    400
            ec2, POST, /,                   text/xml,                           400
            ec2, POST, /,                   application/json,                   400
            ec2, POST, /,                   nonsense,                           400
            ec2, POST, /ec2,                application/x-www-form-urlencoded,  404
            ec2, GET,  /latest/meta-data/,  -,                                  404
            ec2, POST, /a%zzb,              application/x-www-form-urlencoded,  400
            ec2, POST, /a%2Fb,              application/x-www-form-urlencoded,  400
            ec2, POST, /%00,                application/x-www-form-urlencoded,  400
            ec2, PUT,  /,                   application/x-www-form-urlencoded,  405
            ec2, PATCH, /,                  application/x-www-form-urlencoded,  405
            ec2, DELETE, /,                 -,                                  405
            ec2, TRACE, /,                  -,                                  405
            ec2, PROPFIND, /,               -,                                  405
            sts, POST, /,                   multipart/form-data,                400
            sts, POST, /sts,                application/x-www-form-urlencoded,  404
            sts, PUT,  /,                   application/x-www-form-urlencoded,  405
            iam, POST, /users,              application/x-www-form-urlencoded,  404
            autoscaling, POST, /x,          application/x-www-form-urlencoded,  404
            monitoring, POST, /,            application/x-www-form-urlencoded,  400
            ec2, POST, /snapshots,          application/x-www-form-urlencoded,  404
            ebs, POST, /,                   application/json,                   404
            ebs, POST, /snapshots,          application/json,                   403
            ebs, POST, /snapshots/x,        -,                                  403
            ebs, DELETE, /snapshots/x,      -,                                  405
            ebs, GET,  /elsewhere,          -,                                  404
            ecs, POST, /,                   application/x-amz-json-1.1,         400
            ecs, POST, /ecs,                application/x-amz-json-1.1,         404
            """)
    void isToldInTheFormOfItsService(String service, String method, String path, String type, int status)
            throws IOException {
        var answer = raw(signed(service, method, path, type == null ? Map.of() : Map.of("content-type", type), ASKED));
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        isOf(service, answer);
    }

    private static void isOf(String service, String answer) {
        switch (service) {
            case "ec2" -> hasId(ID_OF_EC2, answer);
            case "ecs" ->
                assertThat(answer)
                        .containsIgnoringCase("content-type: application/x-amz-json-1.1")
                        .containsPattern("\\{\"__type\":\"[A-Za-z]+\",\"message\":\"[^\"]+\"}$");
            case "ebs" ->
                assertThat(answer)
                        .containsIgnoringCase("content-type: application/json")
                        .containsPattern("(?i)x-amzn-errortype: [a-z]+")
                        .containsPattern("\\{\"Message\":\"[^\"]+\"(,\"Reason\":\"[A-Z_]+\")?}$");
            default -> hasId(ID_OF_QUERY, answer);
        }
        assertThat(ID_HEADER.matcher(answer).find()).as(answer).isTrue();
        assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
                .doesNotContain("Exception", "io.croft", "springframework", "<html");
    }

    private static void hasId(Pattern form, String answer) {
        var body = form.matcher(answer);
        var header = ID_HEADER.matcher(answer);
        assertThat(body.find()).as(answer).isTrue();
        assertThat(header.find()).as(answer).isTrue();
        assertThat(body.group(1)).isEqualTo(header.group(1));
    }

    /** Before anybody is proved; the form is EC2's when no service is named. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\na=b",
                "POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=\r\nContent-Length: 3\r\n\r\na=b",
                "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: nonsense\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\nabcde",
                "GET /nothing HTTP/1.1\r\n\r\n",
                "GET /?Action=Describe%zz HTTP/1.1\r\n\r\n",
                "GET /?Action={x}|[] HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "POST /%zz HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
                "BREW / HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%zz",
                "GET / HTTP/9.9\r\n\r\n"
            })
    void isToldInEc2sFormWhoeverItIs(String request) throws IOException {
        var lines = request.indexOf("\r\n");
        var answer = raw(request.substring(0, lines) + "\r\nHost: x\r\nConnection: close" + request.substring(lines));
        assertThat(answer).containsPattern("^HTTP/1.1 (4\\d\\d|50[15]) ");
        assertThat(ID_OF_EC2.matcher(answer).find()).as(answer).isTrue();
    }

    @Test
    void isToldOfWhatIsTooLong() throws IOException {
        var answers = Map.of(
                "a header", raw(signed("ec2", "POST", "/", Map.of("x-long", "x".repeat(40_000)), ASKED)),
                "a query", raw(signed("ec2", "GET", "/?Action=" + "x".repeat(40_000), Map.of(), "")),
                "a name", raw(signed("ec2", "GET", "/?Action=" + "x".repeat(20_000), Map.of(), "")),
                "a path", raw(signed("ec2", "GET", "/" + "x".repeat(20_000), Map.of(), "")),
                "a body", raw(signed("ec2", "POST", "/", Map.of("content-type", FORM), "a".repeat((1 << 20) + 1))),
                "many headers", raw("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(500) + "\r\n"));
        answers.forEach((what, answer) -> {
            assertThat(answer).as(what).containsPattern("^HTTP/1.1 4\\d\\d ");
            assertThat(ID_OF_EC2.matcher(answer).find()).as(what + answer).isTrue();
        });
        assertThat(answers.get("a body")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void namesACompressedBody() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(ASKED.getBytes(StandardCharsets.US_ASCII));
        }
        var body = zipped.toString(StandardCharsets.ISO_8859_1);
        for (var headers :
                List.of(Map.of("content-type", FORM, "content-encoding", "gzip"), Map.of("content-type", FORM))) {
            var answer = raw(signed("ec2", "POST", "/", headers, body));
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("compressed", "gzip");
            isOf("ec2", answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&Version=", "&Version=2009-11-30", "&Version=2016-11-15", "&Version=tomorrow"})
    void takesAnyVersion(String version) throws IOException {
        var answer = raw(signed("ec2", "POST", "/", Map.of("content-type", FORM), ASKED + version));
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("<regionInfo>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Action=", "Version=2016-11-15", "action=DescribeRegions"})
    void asksForAnAction(String form) throws IOException {
        var answer = raw(signed("ec2", "POST", "/", Map.of("content-type", FORM), form));
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("<Code>MissingAction</Code>");
        isOf("ec2", answer);
    }

    private String signed(String service, String method, String target, Map<String, String> headers, String body) {
        var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        var unsigned = SdkHttpFullRequest.builder()
                .method(method.equals("GET") ? SdkHttpMethod.GET : SdkHttpMethod.POST)
                .uri(tenant.endpoint().resolve("/"));
        var query = target.indexOf('?');
        if (query >= 0) {
            unsigned.uri(URI.create(tenant.endpoint() + target));
        }
        headers.forEach(unsigned::putHeader);
        var lines = new LinkedHashMap<String, String>();
        AwsV4HttpSigner.create()
                .sign(r -> r.identity(tenant.identity())
                        .request(unsigned.build())
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request()
                .forEachHeader((name, values) -> lines.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        lines.remove("content-length");
        return method + " " + target + " HTTP/1.1\r\n"
                + lines.entrySet().stream()
                        .map(l -> l.getKey() + ": " + l.getValue() + "\r\n")
                        .collect(Collectors.joining())
                + "content-length: " + bytes.length + "\r\nconnection: close\r\n\r\n" + body;
    }

    /** All until the server closes, which it may do with what it has not read still on the way. */
    private static String answer(Socket socket) throws IOException {
        var answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            assertThat(answer.size()).as(e.toString()).isPositive();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private String raw(String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), tenant.endpoint().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return answer(socket);
        }
    }
}
