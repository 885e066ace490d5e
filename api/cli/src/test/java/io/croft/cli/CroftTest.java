package io.croft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a server that answers as the controller does. */
class CroftTest {
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> downloads = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @TempDir
    private Path folder;

    private static final String IMAGE = """
            {"imageId":"ami-0123456789abcdef0","account":"123456789012","name":"tiny","description":"","digest":"sha256:%s",
             "architecture":"x86_64","bootMode":"bios","rootDeviceName":"/dev/vda","enaSupport":true,"sizeBytes":8,
             "virtualBytes":8,"isPublic":false,"sharedWith":[],"created":"x"}
            """;

    record Answer(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAccountIsMadeAndShownAsJson() {
        answers.put(
                "POST /admin/v1/accounts",
                new Answer(201, "{\"id\":\"123456789012\",\"name\":\"lab\",\"created\":\"2026-11-21T08:00:00Z\"}"));
        assertThat(croft("account", "create", "lab", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"id\" : \"123456789012\"");
        assertThat(requests).containsExactly("POST /admin/v1/accounts Bearer secret {\"name\":\"lab\"}");
    }

    @Test
    void hostsAreATable() {
        answers.put("GET /admin/v1/hosts", new Answer(200, """
                {"items":[{"id":"host-0123456789abcdef0","name":"h1","zone":"us-east-1a","state":"up",
                 "capacity":{"vcpus":8,"memoryBytes":1073741824,"diskBytes":10737418240},
                 "free":{"vcpus":6,"memoryBytes":536870912,"diskBytes":2147483648},
                 "problems":[],"enrolled":"2026-11-21T08:00:00Z","somethingNew":1}]}
                """));
        assertThat(croft("host", "list")).isZero();
        assertThat(out.toString())
                .contains("VCPUS FREE", "6 of 8", "512 of 1024 MiB", "2 of 10 GiB", "host-0123456789abcdef0");
    }

    @Test
    void anImageIsUploadedUnderItsOwnDigestAndRegistered() throws IOException {
        var file = Files.write(folder.resolve("image.qcow2"), qcow2());
        var hex = sha256(file);
        imported(hex);
        assertThat(croft("image", "import", file.toString(), "--account", "123456789012", "--name", "tiny"))
                .isZero();
        assertThat(out.toString()).contains("ami-0123456789abcdef0");
        assertThat(requests).hasSize(2);
        assertThat(requests.getLast()).contains("\"enaSupport\":true", "\"bootMode\":\"bios\"", hex);
    }

    /** The least that is a qcow2 file of a disk of a sector. */
    private static byte[] qcow2() {
        return ByteBuffer.allocate(512)
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, 16)
                .putLong(24, 512)
                .putInt(96, 4)
                .putInt(100, 104)
                .array();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void imported(String hex) {
        answers.put(
                "PUT /admin/v1/accounts/123456789012/blobs/" + hex,
                new Answer(200, "{\"digest\":\"sha256:%s\",\"sizeBytes\":8}".formatted(hex)));
        answers.put("POST /admin/v1/accounts/123456789012/images", new Answer(201, IMAGE.formatted(hex)));
    }

    private int importImage(String source, String... options) {
        var all = new ArrayList<>(List.of("image", "import", source, "--account", "123456789012", "--name", "tiny"));
        all.addAll(List.of(options));
        return croft(all.toArray(String[]::new));
    }

    @Test
    void anImageIsDownloadedAndItsDigestChecked() throws IOException {
        var bytes = qcow2();
        var hex = sha256(Files.write(Files.createTempFile(folder, "image", ".qcow2"), bytes));
        downloads.put("/images/debian.qcow2", bytes);
        imported(hex);
        var address = url() + "/images/debian.qcow2";

        assertThat(importImage(address)).isEqualTo(1);
        assertThat(err.toString()).contains("give its --sha256");
        assertThat(importImage(address, "--sha256", "0".repeat(64))).isEqualTo(1);
        assertThat(err.toString()).contains("its SHA-256 is " + hex);
        assertThat(importImage(url() + "/images/none.qcow2", "--sha256", hex)).isEqualTo(1);
        assertThat(err.toString()).contains("the server answered 500");
        assertThat(importImage(address, "--sha256", hex)).isZero();
        assertThat(leftInTemporaryDirectory()).isEmpty();
    }

    private static List<Path> leftInTemporaryDirectory() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("croft-image-"))
                    .toList();
        }
    }

    @Test
    void hostileAndUnknownFilesNeverLeaveHere() throws IOException {
        var backed = ByteBuffer.wrap(qcow2()).putLong(8, 104).putInt(16, 11).array();
        assertThat(importImage(file("backed.qcow2", backed))).isEqualTo(1);
        assertThat(err.toString()).contains("it has a backing file");
        var flat = "# Disk DescriptorFile\ncreateType=\"monolithicFlat\"\nRW 1 FLAT \"/etc/shadow\" 0\n";
        assertThat(importImage(file("flat.vmdk", flat.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(1);
        assertThat(err.toString()).contains("its data is in other files");
        assertThat(importImage(file("what.img", new byte[2048]))).isEqualTo(1);
        assertThat(err.toString()).contains("its format is not known");
        assertThat(importImage(file(
                        "huge.qcow2",
                        ByteBuffer.wrap(qcow2()).putLong(24, 1L << 50).array())))
                .isEqualTo(1);
        assertThat(err.toString()).contains("larger than 16 TiB");
        assertThat(importImage(file("x.img", qcow2()), "--format", "vhd")).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    @Test
    void aRawDiskIsConverted() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/qemu-img")), "needs qemu-img");
        var disk = new byte[1 << 20];
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        assertThat(importImage(file("disk.img", disk))).isEqualTo(1);
        assertThat(requests)
                .singleElement()
                .satisfies(r -> assertThat(r)
                        .startsWith("PUT /admin/v1/accounts/123456789012/blobs/")
                        .contains("QFI"));
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    @Test
    void anImageIsSharedAndDeleted() {
        answers.put("POST /admin/v1/images/ami-1/launch-permissions", new Answer(200, IMAGE.formatted("0".repeat(64))));
        answers.put("DELETE /admin/v1/images/ami-1", new Answer(204, ""));
        assertThat(croft("image", "share", "ami-1", "--add", "123456789012,all", "--remove", "210987654321"))
                .isZero();
        assertThat(requests.getLast()).endsWith("{\"add\":[\"123456789012\",\"all\"],\"remove\":[\"210987654321\"]}");
        assertThat(croft("image", "delete", "ami-1")).isZero();
        assertThat(croft("image", "share", "ami-1")).isEqualTo(2);
    }

    @Test
    void theBarFillsOnATerminal() {
        try (var progress = new Progress(new PrintWriter(out, true), true, "Uploading", 4 << 20)) {
            progress.at(0);
            progress.at(1 << 20);
            progress.at(4 << 20);
        }
        assertThat(out.toString())
                .contains("\rUploading    [#######.......................]  25 %  1.0 of 4.0 MiB")
                .contains("[##############################] 100 %");
    }

    @Test
    void aRefusalIsToldOnStderrWithItsCodeAndRequest() {
        answers.put("GET /admin/v1/instances/i-1", new Answer(404, """
                {"title":"Not Found","status":404,"detail":"There is no instance i-1.","code":"NotFound","requestId":"r-7"}
                """));
        assertThat(croft("instance", "show", "i-1")).isEqualTo(1);
        assertThat(err.toString()).contains("NotFound: There is no instance i-1. (request r-7)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnreachableControllerIsTold() {
        stop();
        assertThat(croft("host", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("Unreachable", url());
    }

    @Test
    void aWrongCommandLineIsRefusedBeforeAnythingIsAsked() {
        assertThat(croft("host", "shoe")).isEqualTo(2);
        assertThat(croft("key", "create")).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    private int croft(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (arguments.length > 1 && !arguments[1].equals("shoe")) {
            all.addAll(List.of("--url", url(), "--token", "secret"));
        }
        return Croft.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var download = downloads.get(exchange.getRequestURI().getPath());
            if (download != null) {
                exchange.sendResponseHeaders(200, download.length);
                exchange.getResponseBody().write(download);
                return;
            }
            var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(call + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            var answer = answers.getOrDefault(call, new Answer(500, "unexpected: " + call));
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : bytes.length);
            if (answer.status() != 204) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
