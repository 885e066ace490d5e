package io.croft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

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
             "virtualBytes":8,"state":"available","snapshots":[],"isPublic":false,"sharedWith":[],"created":"x"}
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
                new Answer(
                        201,
                        "{\"id\":\"123456789012\",\"name\":\"lab\",\"created\":\"2026-11-21T08:00:00Z\",\"enabled\":true,"
                                + "\"state\":\"active\",\"since\":\"2026-11-21T08:00:00Z\",\"waitsFor\":[]}"));
        assertThat(croft("account", "create", "lab", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"id\" : \"123456789012\"");
        assertThat(requests).containsExactly("POST /admin/v1/accounts Bearer secret {\"name\":\"lab\"}");
    }

    private static final String HOST = """
            {"id":"host-0123456789abcdef0","name":"h1","zone":"us-east-1a","state":"ready",
             "capacity":{"vcpus":8,"memoryBytes":1073741824,"diskBytes":10737418240},
             "free":{"vcpus":6,"memoryBytes":536870912,"diskBytes":2147483648},
             "emulated":[],"problems":[],"warnings":["arm64 is to be emulated: no QEMU"],"enrolled":"2026-11-21T08:00:00Z","cordon":null,"fence":0,"held":0,"somethingNew":1}
            """;

    @Test
    void hostsAreATable() {
        answers.put("GET /admin/v1/hosts", new Answer(200, "{\"items\":[" + HOST + "]}"));
        assertThat(croft("host", "list")).isZero();
        assertThat(told()).isEqualTo("""
                 ID                      NAME  ZONE        STATE  VCPUS FREE  MEMORY FREE      DISK FREE
                 host-0123456789abcdef0  h1    us-east-1a  ready  6 of 8      512 of 1024 MiB  2 of 10 GiB
                """);
    }

    @Test
    void hostsAreJson() {
        answers.put("GET /admin/v1/hosts", new Answer(200, "{\"items\":[" + HOST + "]}"));
        assertThat(croft("host", "list", "--output", "json")).isZero();
        assertThat(told()).isEqualTo("""
                [ {
                  "id" : "host-0123456789abcdef0",
                  "name" : "h1",
                  "zone" : "us-east-1a",
                  "state" : "ready",
                  "capacity" : {
                    "vcpus" : 8,
                    "memoryBytes" : 1073741824,
                    "diskBytes" : 10737418240
                  },
                  "free" : {
                    "vcpus" : 6,
                    "memoryBytes" : 536870912,
                    "diskBytes" : 2147483648
                  },
                  "architecture" : null,
                  "accelerator" : null,
                  "emulated" : [ ],
                  "agentVersion" : null,
                  "problems" : [ ],
                  "warnings" : [ "arm64 is to be emulated: no QEMU" ],
                  "underlay" : null,
                  "enrolled" : "2026-11-21T08:00:00Z",
                  "lastHeard" : null,
                  "cordon" : null,
                  "fence" : 0,
                  "held" : 0
                } ]
                """);
    }

    @Test
    void aHostThatHoldsSomethingSaysSo() {
        var away = HOST.replace("\"ready\"", "\"unreachable\"").replace("\"held\":0", "\"held\":2");
        answers.put("GET /admin/v1/hosts", new Answer(200, "{\"items\":[" + away + "]}"));
        assertThat(croft("host", "list")).isZero();
        assertThat(told()).contains("unreachable, 2 held");
    }

    @Test
    void whatADeadHostFreesIsListedBeforeItIsConfirmed() {
        var path = "/admin/v1/hosts/host-0123456789abcdef0";
        answers.put("GET " + path, new Answer(200, HOST));
        answers.put(
                "GET " + path + "/held",
                new Answer(
                        200,
                        "{\"items\":[{\"id\":\"i-0123456789abcdef0\",\"account\":\"123456789012\",\"state\":\"shutting-down\",\"addresses\":[\"172.31.0.7\"]}]}"));
        answers.put("POST " + path + "/confirm-dead", new Answer(200, HOST.replace("\"ready\"", "\"dead\"")));
        assertThat(croft("host", "confirm-dead", "--yes", "host-0123456789abcdef0"))
                .isZero();
        assertThat(err.toString()).contains("i-0123456789abcdef0  shutting-down  172.31.0.7");
        assertThat(told()).contains("dead");
    }

    @Test
    void aHostIsYaml() {
        answers.put("GET /admin/v1/hosts/host-0123456789abcdef0", new Answer(200, HOST));
        assertThat(croft("host", "show", "host-0123456789abcdef0", "--output", "yaml"))
                .isZero();
        assertThat(told()).isEqualTo("""
                id: host-0123456789abcdef0
                name: h1
                zone: us-east-1a
                state: ready
                capacity:
                  vcpus: 8
                  memoryBytes: 1073741824
                  diskBytes: 10737418240
                free:
                  vcpus: 6
                  memoryBytes: 536870912
                  diskBytes: 2147483648
                architecture: null
                accelerator: null
                emulated: []
                agentVersion: null
                problems: []
                warnings:
                - 'arm64 is to be emulated: no QEMU'
                underlay: null
                enrolled: '2026-11-21T08:00:00Z'
                lastHeard: null
                cordon: null
                fence: 0
                held: 0
                """);
    }

    @Test
    void theDoctorsFailureIsTheCommands() {
        answers.put("GET /admin/v1/hosts/host-0123456789abcdef0/health", new Answer(200, """
                {"items":[{"check":"reports","level":"ok","detail":"last report 3 s ago","remedy":null},
                 {"check":"stream","level":"fail","detail":"closed","remedy":"read the log"}]}
                """));
        assertThat(croft("host", "doctor", "host-0123456789abcdef0")).isEqualTo(1);
        assertThat(told()).contains("stream   fail   closed               read the log");
        assertThat(err.toString()).isEqualTo("croft: 1 of 2 checks fail.\n");
    }

    @Test
    void waitingEndsWithTheStateOrTheTime() {
        answers.put("GET /admin/v1/hosts/host-0123456789abcdef0", new Answer(200, HOST));
        assertThat(croft("host", "show", "host-0123456789abcdef0", "--wait", "ready"))
                .isZero();
        assertThat(croft("host", "show", "host-0123456789abcdef0", "--wait", "unreachable", "--timeout", "PT0S"))
                .isEqualTo(7);
        assertThat(err.toString()).isEqualTo("croft: it is ready and not unreachable after PT0S\n");
    }

    @Test
    void aHostIsFoundByItsName() {
        answers.put("GET /admin/v1/hosts", new Answer(200, "{\"items\":[" + HOST + "]}"));
        answers.put("DELETE /admin/v1/hosts/host-0123456789abcdef0/cordon", new Answer(200, HOST));
        assertThat(croft("host", "uncordon", "h1")).isZero();
        assertThat(croft("host", "uncordon", "h2")).isEqualTo(3);
        assertThat(err.toString()).contains("There is no host h2. See what there is: croft host list");
    }

    @Test
    void aTimeSpanIsSaidInAnyUnit() {
        answers.put("GET /admin/v1/audit", new Answer(200, "{\"items\":[]}"));
        for (var span : List.of("90s", "30m", "1h30m", "7d", "PT1H", "P7D")) {
            assertThat(croft("audit", "--last", span)).as(span).isZero();
        }
        assertThat(croft("audit", "--last", "long")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'long' is no time span such as 30m")
                .doesNotContain("Exception");
    }

    @Test
    void anAddressThatIsNoneIsToldOf() {
        assertThat(Croft.commandLine("host", "list")
                        .setErr(new PrintWriter(err, true))
                        .execute("host", "list", "--url", "controller", "--token", "secret"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("such as http://127.0.0.1:8080, not 'controller'");
    }

    @Test
    void aFileThatIsNotThereIsToldOf() {
        var file = folder.resolve("absent.qcow2").toString();
        assertThat(croft("image", "import", file, "--account", "123456789012", "--name", "x"))
                .isEqualTo(3);
        assertThat(err.toString()).isEqualTo("croft: there is no file " + file + "\n");
    }

    @Test
    void theTrailIsReadPageByPageUpToTheLimit() {
        var event = """
                {"at":"2026-11-21T08:00:00Z","account":"123456789012","principal":"key/AKIA1","action":"ec2:StopInstances",
                 "resource":"","sourceAddress":"192.0.2.7","requestId":"r-7","outcome":"Success"}""";
        answers.put("GET /admin/v1/audit", new Answer(200, "{\"items\":[" + event + "],\"nextToken\":\"7\"}"));
        assertThat(croft("audit", "--principal", "key/*", "--limit", "2")).isZero();
        assertThat(told().lines().filter(l -> l.contains("ec2:StopInstances"))).hasSize(2);
        assertThat(requests.getFirst())
                .contains("principal=key%2F*", "maxResults=2")
                .doesNotContain("nextToken");
        assertThat(requests.getLast()).contains("nextToken=7", "maxResults=1");
    }

    @Test
    void everyKindOfFailureHasItsExitCodeAndOneLineWithARemedy() {
        failing(404, "NotFound", 3, "See what there is: croft account list");
        failing(401, "AuthFailure", 4, "CROFT_TOKEN");
        failing(403, "UnauthorizedOperation", 4, "operator's token");
        failing(409, "Conflict", 6, "");
        failing(400, "InvalidParameterValue", 1, "");
    }

    private void failing(int status, String code, int exitCode, String remedy) {
        err.getBuffer().setLength(0);
        answers.put("GET /admin/v1/accounts/a", new Answer(status, """
                {"title":"x","status":%d,"detail":"It is so.","code":"%s","requestId":"r-7"}
                """.formatted(status, code)));
        assertThat(croft("account", "show", "a")).isEqualTo(exitCode);
        assertThat(err.toString())
                .startsWith("croft: " + code + ": It is so. (request r-7)")
                .contains(remedy)
                .hasLineCount(1);
    }

    @Test
    void whatIsDoneWithoutAnAnswerIsSaid() {
        answers.put("DELETE /admin/v1/accounts/123456789012/users/ann", new Answer(204, ""));
        assertThat(croft("user", "delete", "--account", "123456789012", "ann")).isZero();
        assertThat(told()).isEqualTo("User ann is deleted.\n");
    }

    @Test
    void anEmptyListingSaysSoAsideAndIsEmptyForScripts() {
        answers.put("GET /admin/v1/accounts", new Answer(200, "{\"items\":[]}"));
        assertThat(croft("account", "list")).isZero();
        assertThat(told()).isEmpty();
        assertThat(err.toString()).isEqualTo("There are none.\n");
        assertThat(croft("account", "list", "--output", "yaml")).isZero();
        assertThat(told()).isEqualTo("[]\n");
    }

    @Test
    void theShellCompletesEveryCommand() {
        assertThat(Croft.commandLine("completion", "bash")
                        .setOut(new PrintWriter(out, true))
                        .execute("completion", "bash"))
                .isZero();
        assertThat(out.toString()).contains("complete -F _complete_croft", "cordon", "coverage", "--output");
    }

    @Test
    void theStartIsTrainedWithoutAController() throws IOException {
        Training.main(new String[0]);
    }

    @Test
    void theParserCanBeInAnAotCache() throws IOException {
        try (var in = CommandLine.class.getResourceAsStream("CommandLine.class")) {
            var header = ByteBuffer.wrap(in.readNBytes(8));
            assertThat(header.getShort(6)).as("its class file's version").isGreaterThan((short) 50);
        }
    }

    @Test
    void theHelpListsTheExitCodes() {
        assertThat(Croft.commandLine("--help")
                        .setOut(new PrintWriter(out, true))
                        .execute("--help"))
                .isZero();
        assertThat(out.toString()).contains("Exit codes:", "3   there is no such thing", "7   --wait gave up");
    }

    private String told() {
        return out.toString().replaceAll("(?m) +$", "");
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
        assertThat(croft(
                        "image",
                        "import",
                        file.toString(),
                        "--account",
                        "123456789012",
                        "--name",
                        "arm",
                        "--architecture",
                        "arm64"))
                .isZero();
        assertThat(requests.getLast()).contains("\"architecture\":\"arm64\"", "\"bootMode\":\"uefi\"");
    }

    /** The least that is a qcow2 file of a disk of a sector: header, refcounts, and an L1 table. */
    private static byte[] qcow2() {
        var cluster = 512;
        return ByteBuffer.allocate(3 * cluster + Long.BYTES)
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, 9)
                .putLong(24, 512)
                .putInt(36, 1)
                .putLong(40, 3L * cluster)
                .putLong(48, cluster)
                .putInt(56, 1)
                .putInt(96, 4)
                .putInt(100, 104)
                .putLong(cluster, 2L * cluster)
                .putLong(2 * cluster, 0x0001_0001_0001_0001L)
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
        assertThat(err.toString()).contains("its L1 table is too small for its disk");
        assertThat(importImage(file("x.img", qcow2()), "--format", "iso")).isEqualTo(2);
        assertThat(importImage(folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("it is a directory, not a disk file");
        assertThat(importImage(file("cut.qcow2", Arrays.copyOf(qcow2(), 1100)))).isEqualTo(1);
        assertThat(err.toString()).contains("its L1 table lies outside the file", "it was cut off");
        assertThat(requests).isEmpty();
    }

    private Path compressed(String program, byte[] bytes) throws IOException {
        var plain = Files.write(folder.resolve("plain"), bytes);
        var packed = folder.resolve("packed." + program);
        try {
            var process = new ProcessBuilder(program, "-c")
                    .redirectInput(plain.toFile())
                    .redirectOutput(packed.toFile())
                    .start();
            assertThat(process.waitFor()).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return packed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd", "bzip2"})
    void aCompressedFileIsDecompressed(String program) throws IOException {
        assumeTrue(LimitedProcess.installed(program), "needs " + program);
        imported(sha256(Files.write(folder.resolve("plain.qcow2"), qcow2())));
        var packed = compressed(program, qcow2());
        assertThat(importImage(packed.toString(), "--sha256", sha256(packed)))
                .as(err.toString())
                .isZero();

        var noise = new byte[1 << 16];
        new Random(1).nextBytes(noise);
        noise[510] = 0x55;
        noise[511] = (byte) 0xaa;
        var cut = Files.readAllBytes(compressed(program, noise));
        assertThat(importImage(file("cut." + program, Arrays.copyOf(cut, cut.length / 2))))
                .isEqualTo(1);
        assertThat(err.toString()).contains("it cannot be decompressed: it was cut off, or is damaged");
        assertThat(leftInTemporaryDirectory()).isEmpty();
    }

    /** What unpacks to no disk is known by its beginning, whatever follows. */
    @Test
    void whatUnpacksToNoDiskIsNotUnpackedFurther() throws IOException {
        assumeTrue(LimitedProcess.installed("gzip"), "needs gzip");
        assertThat(importImage(compressed("gzip", new byte[64 << 20]).toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("its first sector is no boot sector");
        assertThat(requests).isEmpty();
        assertThat(leftInTemporaryDirectory()).isEmpty();
    }

    /** What a shell's {@code <(...)} names has no size and can be read once. */
    @Test
    void aFileComesByAPipe() throws IOException, InterruptedException {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        imported(sha256(Files.write(folder.resolve("plain.qcow2"), qcow2())));
        var writer = new ProcessBuilder("sh", "-c", "cat plain.qcow2 > pipe")
                .directory(folder.toFile())
                .start();
        assertThat(importImage(pipe.toString())).as(err.toString()).isZero();
        assertThat(writer.waitFor()).isZero();
        assertThat(leftInTemporaryDirectory()).isEmpty();
    }

    @Test
    void aFileComesByStandardInput() throws IOException {
        var before = System.in;
        imported(sha256(Files.write(folder.resolve("plain.qcow2"), qcow2())));
        try {
            System.setIn(new ByteArrayInputStream(qcow2()));
            assertThat(importImage("-")).as(err.toString()).isZero();
            System.setIn(new ByteArrayInputStream(new byte[0]));
            assertThat(importImage("-")).isEqualTo(1);
            assertThat(err.toString()).contains("standard input cannot be used: it is empty");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aDownloadThatBreaksOffIsToldInWords() throws IOException {
        downloads.put("/broken.qcow2", qcow2());
        assertThat(importImage(url() + "/broken.qcow2", "--sha256", "0".repeat(64)))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("the download", "of " + 2 * qcow2().length + " bytes")
                .doesNotContain("EOF");
        assertThat(importImage("http://127.0.0.1:1/x", "--sha256", "0".repeat(64)))
                .isEqualTo(1);
        assertThat(err.toString()).contains("nothing listens there");
    }

    /** A server that answers while the client would still write, and closes. */
    @Test
    void aRefusalBeforeTheUploadsEndIsToldToTheUser() throws Exception {
        var file = Files.write(folder.resolve("large.qcow2"), Arrays.copyOf(qcow2(), 32 << 20));
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused = threads.submit(() -> {
                try (var connection = listener.accept()) {
                    var in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
                    assertThat(in.lines().takeWhile(line -> !line.isEmpty())).isNotEmpty();
                    var problem =
                            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"code\":\"NotFound\",\"detail\":\"There is no account 123456789012.\",\"requestId\":\"r-1\"}";
                    connection
                            .getOutputStream()
                            .write(
                                    ("HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\nConnection: close\r\nContent-Length: "
                                                    + problem.length() + "\r\n\r\n" + problem)
                                            .getBytes(StandardCharsets.UTF_8));
                    return null;
                }
            });
            var words = ("image import " + file
                            + " --account 123456789012 --name large --token t --url http://127.0.0.1:"
                            + listener.getLocalPort())
                    .split(" ", -1);
            assertThat(Croft.commandLine(words)
                            .setOut(new PrintWriter(out, true))
                            .setErr(new PrintWriter(err, true))
                            .execute(words))
                    .isNotZero();
            refused.get();
        }
        assertThat(err.toString()).contains("There is no account 123456789012").doesNotContain("Is the controller up?");
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

    private static String instance(String id, String account, String state, String host, String type) {
        return """
            {"instanceId":"%s","account":"%s","state":"%s","stateReason":null,"instanceType":"%s","imageId":"ami-1","zone":"z",
             "host":%s,"privateAddress":null,"publicAddress":null,"keyName":null,"launched":"x"}\
            """.formatted(id, account, state, type, host);
    }

    @Test
    void terminatedInstancesAreListedWhenAskedForAndTheOthersByWhatTheyAre() {
        answers.put(
                "GET /admin/v1/instances",
                new Answer(
                        200,
                        "{\"items\":["
                                + String.join(
                                        ",",
                                        instance("i-run", "111111111111", "running", "\"h1\"", "t3.nano"),
                                        instance("i-stop", "222222222222", "stopped", "\"h2\"", "t3.micro"),
                                        instance("i-dead", "111111111111", "terminated", "null", "t3.nano"))
                                + "]}"));
        assertListed(List.of("i-run", "i-stop"));
        assertListed(List.of("i-run", "i-stop", "i-dead"), "--all");
        assertListed(List.of("i-dead"), "--state", "terminated");
        assertListed(List.of("i-stop", "i-dead"), "--state", "stopped,terminated");
        assertListed(List.of("i-run"), "--account", "111111111111");
        assertListed(List.of("i-run", "i-dead"), "--account", "111111111111", "--all");
        assertListed(List.of("i-stop"), "--host", "h2");
        assertListed(List.of(), "--host", "h2", "--type", "t3.nano");
        assertListed(List.of("i-run", "i-stop"), "--image", "ami-1,ami-2");
        assertThat(croft("instance", "list", "--state", "runing")).isEqualTo(2);
        assertThat(err.toString()).contains("not 'runing'");
    }

    private void assertListed(List<String> ids, String... filters) {
        out.getBuffer().setLength(0);
        var words = new ArrayList<>(List.of("instance", "list"));
        words.addAll(List.of(filters));
        assertThat(croft(words.toArray(String[]::new))).as(err.toString()).isZero();
        var told = out.toString();
        assertThat(List.of("i-run", "i-stop", "i-dead").stream().filter(told::contains))
                .as(String.join(" ", filters))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void aRefusalIsToldOnStderrWithItsCodeAndRequest() {
        answers.put("GET /admin/v1/instances/i-1", new Answer(404, """
                {"title":"Not Found","status":404,"detail":"There is no instance i-1.","code":"NotFound","requestId":"r-7"}
                """));
        assertThat(croft("instance", "show", "i-1")).isEqualTo(3);
        assertThat(err.toString()).contains("NotFound: There is no instance i-1. (request r-7)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnreachableControllerIsTold() {
        stop();
        assertThat(croft("host", "list")).isEqualTo(5);
        assertThat(err.toString()).contains("Unreachable", url()).hasLineCount(1);
    }

    @Test
    void aWrongCommandLineIsRefusedBeforeAnythingIsAsked() {
        assertThat(croft("host", "shoe")).isEqualTo(2);
        assertThat(croft("key", "create")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--account", "See: croft key create --help")
                .hasLineCount(2);
        assertThat(requests).isEmpty();
    }

    private int croft(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (arguments.length > 1 && !arguments[1].equals("shoe")) {
            all.addAll(List.of("--url", url(), "--token", "secret"));
        }
        var words = all.toArray(String[]::new);
        return Croft.commandLine(words)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var download = downloads.get(exchange.getRequestURI().getPath());
            if (download != null) {
                var isWhole = !exchange.getRequestURI().getPath().contains("broken");
                exchange.sendResponseHeaders(200, isWhole ? download.length : 2 * download.length);
                exchange.getResponseBody().write(download);
                exchange.getResponseBody().flush();
                return;
            }
            var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(call + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            var answer = answers.getOrDefault(call.split("\\?", 2)[0], new Answer(500, "unexpected: " + call));
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : bytes.length);
            if (answer.status() != 204) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
