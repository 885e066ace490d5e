package io.croft.controller.ec2api;

import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.hostlink.Connectors;
import io.croft.controller.hostlink.SimulatedHost;
import io.croft.controller.image.Qcow2Files;
import io.croft.rest.EnrollToken;
import io.croft.rest.ImageResource;
import io.croft.rest.NewAccessKey;
import io.croft.rest.NewAccount;
import io.croft.rest.NewCordon;
import io.croft.rest.NewEnrollToken;
import io.croft.rest.NewImage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A controller's program in a process of its own, with a PostgreSQL of its own that loses nothing at a power cut, and with hosts: what {@link ApiComparison} measures. It is spoken to by its
 * APIs alone, so it can be of any commit.
 */
final class BenchController implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TICKS_PER_SECOND = 100;
    private static final int PROCESSORS = 4096;
    private static final int GIBIBYTES = 65_536;

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final Process process;
    private final Ports ports;
    private final URI endpoint;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private @Nullable AwsBasicCredentials credentials;
    private String image = "";

    private record Ports(int http, int httpsPort, int agentsPort) implements Connectors {}

    /** CPU time since the start, in milliseconds. */
    record Cpu(double controller, double postgres) {
        Cpu since(Cpu before) {
            return new Cpu(controller - before.controller, postgres - before.postgres);
        }
    }

    /** Proofs of signatures since the start, and the milliseconds that they took. */
    record Proofs(double count, double millis) {
        double meanSince(Proofs before) {
            return (millis - before.millis) / (count - before.count);
        }
    }

    /**
     * Starts the program and makes an account with an image.
     *
     * @param flags of the JVM
     */
    BenchController(Path jar, List<String> flags) throws Exception {
        directory = Files.createTempDirectory("croft-bench");
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        ports = new Ports(freePort(), freePort(), freePort());
        endpoint = URI.create("http://127.0.0.1:" + ports.http());
        process = start(jar, flags);
        Awaitility.await().atMost(PATIENCE).until(this::isUp);
        makeAccount();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process start(Path jar, List<String> flags) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var settings = Stream.of(
                        "spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "spring.datasource.username=",
                        "server.port=" + ports.http(),
                        "croft.https.address=127.0.0.1",
                        "croft.https.port=" + ports.httpsPort(),
                        "croft.agents.address=127.0.0.1",
                        "croft.agents.port=" + ports.agentsPort(),
                        "croft.state-dir=" + state(),
                        "croft.edge.throttle.enabled=false",
                        "croft.fleet.suspect-after=1h",
                        "croft.fleet.unreachable-after=2h",
                        "croft.quota.instances=1000000",
                        "croft.quota.vcpus=1000000",
                        "croft.quota.memory-mib=1000000000",
                        "croft.quota.volumes=1000000",
                        "croft.quota.volume-gib=1000000",
                        "croft.quota.network-interfaces=1000000")
                .map(s -> "--" + s);
        var command = Stream.of(Stream.of(java), flags.stream(), Stream.of("-jar", jar.toString()), settings)
                .flatMap(s -> s)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private Path state() {
        return directory.resolve("state");
    }

    private boolean isUp() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(directory.resolve("log")));
        }
        try {
            var request = HttpRequest.newBuilder(endpoint.resolve("/actuator/health"));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void makeAccount() throws Exception {
        var account = ask("POST", "/admin/v1/accounts", new NewAccount("bench"), JsonNode.class)
                .get("id")
                .asString();
        var key = ask("POST", "/admin/v1/accounts/" + account + "/access-keys", Map.of(), NewAccessKey.class);
        credentials = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
        var bytes = Qcow2Files.file(1L << 20);
        var digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        send(operator("/admin/v1/accounts/" + account + "/blobs/" + digest).PUT(BodyPublishers.ofByteArray(bytes)));
        image = ask(
                        "POST",
                        "/admin/v1/accounts/" + account + "/images",
                        new NewImage("bench", "", "sha256:" + digest, "x86_64", "bios", "/dev/xvda", true, false),
                        ImageResource.class)
                .imageId();
    }

    private HttpRequest.Builder operator(String path) throws IOException {
        var token = Files.readString(state().resolve("operator.token")).strip();
        return HttpRequest.newBuilder(endpoint.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private <T> T ask(String method, String path, Object body, Class<T> type) throws IOException, InterruptedException {
        return JSON.readValue(
                send(operator(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))),
                type);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Adds a host that takes thousands of instances; those before it take no more, and say nothing any more. */
    void addHost() throws Exception {
        for (var host : hosts) {
            ask("PUT", "/admin/v1/hosts/" + host.id() + "/cordon", new NewCordon("full"), JsonNode.class);
            host.close();
        }
        var token = ask("POST", "/admin/v1/enroll-tokens", new NewEnrollToken("PT5M"), EnrollToken.class)
                .token();
        hosts.add(new SimulatedHost(
                ports, authority(), token, id -> EnrolledHosts.facts(id, PROCESSORS, GIBIBYTES, GIBIBYTES)));
    }

    private X509Certificate authority() throws IOException, GeneralSecurityException {
        try (var file = Files.newInputStream(state().resolve("ca/ca.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    String image() {
        return image;
    }

    /**
     * Sends a form to the EC2 API.
     *
     * @return the answer's body
     * @throws IllegalStateException when it was refused
     */
    String ec2(String form) {
        var signer = credentials;
        if (signer == null) {
            throw new IllegalStateException("no account");
        }
        var answer = Tenant.send(HTTP, endpoint, signer, "ec2", form + "&Version=2016-11-15");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    Cpu cpu() throws IOException {
        var postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst());
        var server = ticks(postmaster, true);
        for (var child : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
            server += ticks(child.pid(), false);
        }
        return new Cpu(millis(ticks(process.pid(), false)), millis(server));
    }

    private static double millis(long ticks) {
        return ticks * 1000.0 / TICKS_PER_SECOND;
    }

    /** What proc(5) calls utime and stime, and with {@code ended} also cutime and cstime: of the children that have ended. None of a process that went meanwhile. */
    private static long ticks(long pid, boolean ended) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return ended ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
        } catch (IOException e) {
            return 0;
        }
    }

    Proofs proofs() throws IOException, InterruptedException {
        var metrics = send(operator("/actuator/prometheus"));
        return new Proofs(
                metric(metrics, "croft_aws_signature_seconds_count"),
                1000 * metric(metrics, "croft_aws_signature_seconds_sum"));
    }

    private static double metric(String metrics, String name) {
        var found = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)").matcher(metrics);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        hosts.forEach(SimulatedHost::close);
        process.destroyForcibly();
        process.onExit().join();
        postgres.close();
        FileSystemUtils.deleteRecursively(directory);
    }
}
