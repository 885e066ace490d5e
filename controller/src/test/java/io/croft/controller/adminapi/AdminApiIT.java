package io.croft.controller.adminapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.context.CroftProperties;
import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.fleet.Enrollment;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.fleet.HostSessions;
import io.croft.controller.history.Course;
import io.croft.controller.history.Courses;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.history.Step;
import io.croft.controller.image.Qcow2Files;
import io.croft.types.AccountId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class AdminApiIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    CroftProperties properties;

    @Autowired
    EnrollmentTokens enrollmentTokens;

    @Autowired
    Enrollment enrollment;

    @Autowired
    HostSessions sessions;

    @Autowired
    History history;

    @Autowired
    Courses courses;

    @Autowired
    JdbcClient database;

    @Test
    void nobodyComesInWithoutTheOperatorsToken() throws Exception {
        for (var token : List.of("", "Bearer ", "Bearer wrong", "Basic abc")) {
            var answer = call("GET", "/admin/v1/hosts", new byte[0], token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(json(answer).get("code").asString()).isEqualTo("AuthFailure");
        }
    }

    @Test
    void anAccountWithAKeyIsMadeOnceAndAudited() throws Exception {
        var made = json(post("/admin/v1/accounts", "{\"name\":\"lab\"}"));
        var key = json(post("/admin/v1/accounts/" + made.get("id").asString() + "/access-keys", ""));
        assertThat(key.get("secretAccessKey").asString()).hasSize(40);
        var again = post("/admin/v1/accounts", "{\"name\":\"lab\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        var trail =
                json(get("/admin/v1/audit?account=000000000000&action=admin:POST%20/admin/v1/accounts&maxResults=2"));
        assertThat(trail.get("items").findValuesAsString("outcome")).containsExactly("Conflict", "Success");
        assertThat(trail.get("items").get(0).get("principal").asString()).isEqualTo("token/operator");
        assertThat(json(get("/admin/v1/audit?refused=true&outcome=Conf*&from=2026-01-01T00:00:00Z"))
                        .get("items"))
                .isNotEmpty();
        assertThat(get("/admin/v1/audit?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(get("/admin/v1/audit?maxResults=0").statusCode()).isEqualTo(400);
        assertThat(get("/admin/v1/audit?account=1").statusCode()).isEqualTo(400);
    }

    /** What its headers tell to be refused is refused before the client sends any of it; none of these has bytes to send. */
    @Test
    void anUploadIsRefusedBeforeItIsSent() throws Exception {
        var token = Files.readString(properties.stateDir().resolve("operator.token"))
                .strip();
        var account = json(post("/admin/v1/accounts", "{\"name\":\"uploads\"}"))
                .get("id")
                .asString();
        var blob = "/blobs/" + "0".repeat(64);
        assertThat(announced("/admin/v1/accounts/999999999999" + blob, token, 1L << 20))
                .contains(" 404 ", "999999999999");
        assertThat(announced("/admin/v1/accounts/" + account + blob, "wrong", 1L << 20))
                .contains(" 401 ");
        assertThat(announced("/admin/v1/accounts/" + account + blob, token, 1L << 60))
                .contains(" 413 ", "A blob has at most");
        assertThat(announced("/admin/v1/accounts/" + account + blob, token, 1L << 20))
                .startsWith("HTTP/1.1 100");
    }

    /** The answer to the headers of an upload of so many bytes. */
    private String announced(String path, String token, long bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("PUT " + path + " HTTP/1.1\r\nHost: croft\r\nAuthorization: Bearer " + token
                                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bytes
                                    + "\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            var answer = new byte[4096];
            var read = 0;
            do {
                read += Math.max(0, socket.getInputStream().read(answer, read, answer.length - read));
            } while (new String(answer, 0, read, StandardCharsets.UTF_8).split("\r\n\r\n", -1).length < 2);
            return new String(answer, 0, read, StandardCharsets.UTF_8);
        }
    }

    /** A client that asks nothing beforehand and whose bytes are others hears so when it has sent them all. */
    @Test
    void anUploadThatIsRefusedOnItsWayIsReadToItsEnd() throws Exception {
        var account = json(post("/admin/v1/accounts", "{\"name\":\"wrong-digests\"}"))
                .get("id")
                .asString();
        var upload = send("PUT", "/admin/v1/accounts/" + account + "/blobs/" + "0".repeat(64), new byte[8 << 20]);
        assertThat(upload.statusCode()).isEqualTo(400);
        assertThat(upload.body()).contains("have the digest");
    }

    @Test
    void aBlobBecomesAnImage() throws Exception {
        var account = json(post("/admin/v1/accounts", "{\"name\":\"images\"}"))
                .get("id")
                .asString();
        var bytes = Qcow2Files.file(1 << 30);
        var hex = sha256(bytes);
        var upload = send("PUT", "/admin/v1/accounts/" + account + "/blobs/" + hex, bytes);
        assertThat(upload.statusCode()).isEqualTo(200);
        var image = json(post("/admin/v1/accounts/" + account + "/images", """
            {"name":"tiny","description":"","digest":"sha256:%s","architecture":"x86_64","bootMode":"bios",
             "rootDeviceName":"/dev/vda","enaSupport":true,"isPublic":true}
            """.formatted(hex)));
        var id = image.get("imageId").asString();
        assertThat(id).startsWith("ami-");
        assertThat(image.get("isPublic").asBoolean()).isTrue();
        assertThat(get("/admin/v1/images").body()).contains(id);

        var path = "/admin/v1/images/" + id;
        var other = json(post("/admin/v1/accounts", "{\"name\":\"other\"}"))
                .get("id")
                .asString();
        var shared = send(
                "POST",
                path + "/launch-permissions",
                "{\"add\":[\"%s\"],\"remove\":[\"all\"]}".formatted(other).getBytes(StandardCharsets.UTF_8));
        assertThat(json(shared).get("isPublic").asBoolean()).isFalse();
        assertThat(json(get(path)).get("sharedWith").get(0).asString()).isEqualTo(other);
        assertThat(send(
                                "POST",
                                path + "/launch-permissions",
                                "{\"add\":[\"everyone\"],\"remove\":[]}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", path, new byte[0]).statusCode()).isEqualTo(204);
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", path, new byte[0]).statusCode()).isEqualTo(404);
    }

    @Test
    void aHostIsCordonedExaminedAndLetInAgain() throws Exception {
        var host = new EnrolledHosts(enrollmentTokens, enrollment, sessions).ready(4, 8);
        var path = "/admin/v1/hosts/" + host;
        assertThat(json(send("PUT", path + "/cordon", "{\"reason\":\"new disk\"}".getBytes(StandardCharsets.UTF_8)))
                        .get("cordon")
                        .asString())
                .isEqualTo("new disk");
        var findings = json(get(path + "/health")).get("items");
        assertThat(findings.findValuesAsString("check")).contains("reports", "certificate", "cordon", "agent version");
        assertThat(findings.findValuesAsString("detail")).contains("takes no new instances: new disk");
        assertThat(json(send("DELETE", path + "/cordon", new byte[0]))
                        .get("cordon")
                        .isNull())
                .isTrue();
        assertThat(send("PUT", path + "/cordon", "{\"reason\":\"\"}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/admin/v1/hosts/host-0123456789abcdef0/health").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/admin/v1/hosts/host-0123456789abcdef0/cordon", new byte[0])
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aHostsPoolIsDrainedAndTakesVolumesAgain() throws Exception {
        var host = new EnrolledHosts(enrollmentTokens, enrollment, sessions).ready(4, 8);
        var path = "/admin/v1/hosts/" + host + "/storage-pools/file";
        assertThat(json(get("/admin/v1/storage-pools")).get("items").findValuesAsString("host"))
                .contains(host.value());
        assertThat(json(get(path)).get("state").asString()).isEqualTo("open");
        var reason = "{\"reason\":\"new disk\"}".getBytes(StandardCharsets.UTF_8);
        var drained = json(send("PUT", path + "/drain", reason));
        assertThat(drained.get("state").asString()).isEqualTo("drained");
        assertThat(drained.get("drained").asString()).isEqualTo("new disk");
        assertThat(json(send("DELETE", path + "/drain", new byte[0]))
                        .get("drained")
                        .isNull())
                .isTrue();
        var other = "/admin/v1/hosts/" + host + "/storage-pools/rbd";
        assertThat(get(other).statusCode()).isEqualTo(404);
        assertThat(send("PUT", other + "/drain", reason).statusCode()).isEqualTo(404);
    }

    @Test
    void onlyAHostThatIsAwayIsConfirmedDead() throws Exception {
        var host = new EnrolledHosts(enrollmentTokens, enrollment, sessions).ready(4, 8);
        var path = "/admin/v1/hosts/" + host;
        assertThat(send("POST", path + "/confirm-dead", new byte[0]).statusCode())
                .isEqualTo(409);
        database.sql("UPDATE host SET state = 'UNREACHABLE' WHERE id = :host")
                .param("host", host.value())
                .update();
        assertThat(json(get(path + "/held")).get("items").isEmpty()).isTrue();
        var dead = json(send("POST", path + "/confirm-dead", new byte[0]));
        assertThat(dead.get("state").asString()).isEqualTo("dead");
        assertThat(dead.get("fence").asLong()).isEqualTo(1);
        assertThat(dead.get("held").asInt()).isZero();
        var unknown = "/admin/v1/hosts/host-0123456789abcdef0";
        assertThat(send("POST", unknown + "/confirm-dead", new byte[0]).statusCode())
                .isEqualTo(404);
        assertThat(get(unknown + "/held").statusCode()).isEqualTo(404);
    }

    @Test
    void theOperatorsOwnTypesComeAndGo() throws Exception {
        var type =
                "{\"vcpus\":1,\"threadsPerCore\":1,\"memoryMib\":128,\"architecture\":\"x86_64\",\"burstable\":false,\"maxInterfaces\":2}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(json(send("PUT", "/admin/v1/instance-types/admin.tiny", type))
                        .get("builtIn")
                        .asBoolean())
                .isFalse();
        assertThat(send("PUT", "/admin/v1/instance-types/t3.nano", type).statusCode())
                .isEqualTo(400);
        assertThat(json(get("/admin/v1/instance-types")).get("items").findValuesAsString("name"))
                .contains("admin.tiny", "t3.nano");
        assertThat(send("DELETE", "/admin/v1/instance-types/admin.tiny", new byte[0])
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("DELETE", "/admin/v1/instance-types/admin.tiny", new byte[0])
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void malformedRequestsAreRefusedByName() throws Exception {
        assertThat(post("/admin/v1/accounts", "{\"nme\":1}").statusCode()).isEqualTo(400);
        assertThat(post("/admin/v1/accounts", "{}").statusCode()).isEqualTo(400);
        assertThat(post("/admin/v1/enroll-tokens", "{\"validity\":\"soon\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("/admin/v1/accounts/000000000099/access-keys", "").statusCode())
                .isEqualTo(404);
        assertThat(get("/admin/v1/hosts/host-zz").statusCode()).isEqualTo(400);
        assertThat(get("/admin/v1/instances/i-0123456789abcdef0").statusCode()).isEqualTo(404);
    }

    @Test
    void refusedLaunchesTellEachHostsReason() throws Exception {
        var account = new AccountId(json(post("/admin/v1/accounts", "{\"name\":\"refused\"}"))
                .get("id")
                .asString());
        history.record(List.of(new Happening(account, "request-1", History.PLACEMENT_REFUSED, "t3.nano\nh1: full")));
        assertThat(json(get("/admin/v1/placement-refusals"))
                        .get("items")
                        .get(0)
                        .get("detail")
                        .asString())
                .isEqualTo("t3.nano\nh1: full");
        assertThat(json(get("/admin/v1/history/request-1")).get("items")).hasSize(1);
        assertThat(get("/admin/v1/history/request-2").statusCode()).isEqualTo(404);
    }

    @Test
    void theStepsOfAnInstanceAreTold() throws Exception {
        var account = new AccountId(json(post("/admin/v1/accounts", "{\"name\":\"timed\"}"))
                .get("id")
                .asString());
        var id = "i-0123456789abcdef1";
        history.record(List.of(new Happening(account, id, "pending", "")));
        assertThat(json(get("/admin/v1/history/" + id + "/steps")).get("items")).isEmpty();
        var step = new Step("StartMachine", "instance/" + id, "work", Duration.ofMillis(7), Duration.ofMillis(301));
        courses.add(new Course(account, id, Instant.parse("2026-11-21T08:00:00Z"), List.of(step)));
        var course =
                json(get("/admin/v1/history/" + id + "/steps")).get("items").get(0);
        assertThat(course.get("reached").asString()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(course.get("steps").get(0).toString()).isEqualTo("""
                        {"step":"StartMachine","where":"instance/%s","within":"work","offset":"PT0.007S","took":"PT0.301S"}""".formatted(id));
        assertThat(get("/admin/v1/history/i-0123456789abcdef2/steps").statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, new byte[0]);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String path, byte[] body) throws Exception {
        var token = Files.readString(properties.stateDir().resolve("operator.token"))
                .strip();
        return call(method, path, body, "Bearer " + token);
    }

    private HttpResponse<String> call(String method, String path, byte[] body, String authorization)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization)
                .header("Content-Type", path.contains("/blobs/") ? "application/octet-stream" : "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
