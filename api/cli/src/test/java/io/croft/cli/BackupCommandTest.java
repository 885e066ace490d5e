package io.croft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code croft backup} and {@code croft restore load} against a server that answers as the controller does, or breaks off. */
class BackupCommandTest {
    private static final byte[] BLOB = "an image's bytes".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> received = new ConcurrentHashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    /** After how many bytes an answer breaks off. */
    private volatile int cut = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        answers.put("POST /admin/v1/backups", archive(true, hex(BLOB)));
        answers.put("PUT /admin/v1/backups/2026-11-28T12:00:00Z", new byte[0]);
        answers.put("GET /admin/v1/backups/blobs/" + hex(BLOB), BLOB);
        answers.put("GET /admin/v1/backups/blobs", "{\"items\":[]}".getBytes(StandardCharsets.UTF_8));
        answers.put(
                "POST /admin/v1/backups/verification",
                "{\"items\":[{\"check\":\"archive\",\"level\":\"ok\",\"detail\":\"good\",\"remedy\":null}]}"
                        .getBytes(StandardCharsets.UTF_8));
        answers.put(
                "PUT /admin/v1/backups/blobs/" + hex(BLOB),
                "{\"digest\":\"sha256:0\",\"sizeBytes\":16}".getBytes(StandardCharsets.UTF_8));
        answers.put(
                "POST /admin/v1/restore/archive",
                "{\"taken\":\"2026-11-28T12:00:00Z\",\"findings\":[]}".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anArchiveIsEncryptedAndItsBlobsAreCopiedOnce() throws Exception {
        assertThat(backup()).as(err.toString()).isZero();
        var archive = archives().getFirst();
        assertThat(Files.getPosixFilePermissions(archive)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1))
                .doesNotContain("manifest", "secret-of-the-authority");
        assertThat(folder.resolve("archives/blobs")
                        .resolve(hex(BLOB).substring(0, 2))
                        .resolve(hex(BLOB)))
                .hasBinaryContent(BLOB);
        assertThat(err.toString()).contains("Keep a copy of it elsewhere");
        assertThat(received).as("the controller is told").containsKey("PUT /admin/v1/backups/2026-11-28T12:00:00Z");
        answers.remove("GET /admin/v1/backups/blobs/" + hex(BLOB));
        assertThat(backup()).as("the second needs no blob").isZero();
        assertThat(backup("--keep", "1")).isZero();
        assertThat(archives()).hasSize(1).doesNotContain(archive);
    }

    @Test
    void whatIsNoLongerNeededGoesWithTheOldArchives() throws Exception {
        assertThat(backup()).isZero();
        answers.put("POST /admin/v1/backups", archive(true));
        assertThat(backup("--keep", "2")).isZero();
        assertThat(blobs()).hasSize(1);
        assertThat(backup("--keep", "2")).isZero();
        assertThat(archives()).hasSize(2);
        assertThat(blobs()).isEmpty();
    }

    @Test
    void aConnectionThatIsCutLeavesNothing() throws Exception {
        var whole = Objects.requireNonNull(answers.get("POST /admin/v1/backups")).length;
        for (var at : new int[] {0, 1, whole / 2, whole - 1}) {
            cut = at;
            assertThat(backup()).as("cut at " + at).isEqualTo(5);
            assertThat(err.toString())
                    .containsPattern(at < whole / 2 ? "no answer|broke off after" : "broke off after [0-9]{5,} bytes");
            assertThat(left()).isEmpty();
            assertThat(received).doesNotContainKey("PUT /admin/v1/backups/2026-11-28T12:00:00Z");
        }
    }

    @Test
    void anArchiveThatTheControllerDidNotFinishLeavesNothing() throws Exception {
        answers.put("POST /admin/v1/backups", archive(false, hex(BLOB)));
        assertThat(backup()).isEqualTo(1);
        assertThat(err.toString()).contains("the controller did not finish it");
        var all = archive(true, hex(BLOB));
        answers.put("POST /admin/v1/backups", Arrays.copyOf(all, all.length / 2));
        assertThat(backup()).isEqualTo(1);
        assertThat(left()).isEmpty();
    }

    @Test
    void aBlobWithOtherBytesIsNotKept() throws Exception {
        answers.put(
                "GET /admin/v1/backups/blobs/" + hex(BLOB), "other bytes, as if!".getBytes(StandardCharsets.US_ASCII));
        assertThat(backup()).isEqualTo(1);
        assertThat(err.toString()).contains("the blob " + hex(BLOB) + " came with the digest");
        assertThat(left()).isEmpty();
    }

    @Test
    void blobsThatTheControllerHasLostAreNamed() throws Exception {
        answers.remove("GET /admin/v1/backups/blobs/" + hex(BLOB));
        assertThat(backup()).isEqualTo(1);
        assertThat(err.toString()).contains("has not got the bytes of " + hex(BLOB));
        assertThat(archives()).hasSize(1);
    }

    @Test
    void anArchiveIsVerifiedWithItsBlobs() throws Exception {
        assertThat(backup()).isZero();
        var archive = archives().getFirst();
        assertThat(croft("backup", "verify", archive.toString(), "--key-file", key()))
                .as(err.toString())
                .isZero();
        assertThat(received.get("POST /admin/v1/backups/verification"))
                .isEqualTo(answers.get("POST /admin/v1/backups"));
        assertThat(out.toString()).contains("all 1 are beside it");
        Files.write(blobs().getFirst(), new byte[BLOB.length]);
        assertThat(croft("backup", "verify", archive.toString(), "--key-file", key()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("1 of 1 are missing or changed", hex(BLOB));
        var bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 1] ^= 1;
        Files.write(archive, bytes);
        received.clear();
        assertThat(croft("backup", "verify", archive.toString(), "--key-file", key()))
                .isEqualTo(1);
        assertThat(err.toString()).contains(archive + " cannot be used: it was cut short or changed");
        assertThat(received).as("nothing that is not whole is sent").isEmpty();
    }

    @Test
    void anArchiveIsLoadedAfterItsBlobs() throws Exception {
        assertThat(backup()).isZero();
        var archive = archives().getFirst().toString();
        assertThat(croft("restore", "load", archive, "--key-file", key())).isEqualTo(2);
        assertThat(croft("restore", "load", archive, "--key-file", key(), "--yes"))
                .as(err.toString())
                .isZero();
        assertThat(received.get("PUT /admin/v1/backups/blobs/" + hex(BLOB))).isEqualTo(BLOB);
        assertThat(received.get("POST /admin/v1/restore/archive")).isEqualTo(answers.get("POST /admin/v1/backups"));
        Files.delete(blobs().getFirst());
        received.clear();
        assertThat(croft("restore", "load", archive, "--key-file", key(), "--yes"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--without-blobs");
        assertThat(received).doesNotContainKey("POST /admin/v1/restore/archive");
        assertThat(croft("restore", "load", archive, "--key-file", key(), "--yes", "--without-blobs"))
                .isZero();
    }

    @Test
    void keysAreKeptApartAndPassphrasesAreLongAndTheirOwners() throws Exception {
        var beside = folder.resolve("archives/key").toString();
        assertThat(croft("backup", "--to", archivesFolder(), "--key-file", beside))
                .isEqualTo(1);
        assertThat(err.toString()).contains("keep it apart");
        var passphrase = folder.resolve("passphrase");
        Files.writeString(passphrase, "short\n");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        assertThat(croft("backup", "--to", archivesFolder(), "--passphrase-file", passphrase.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("12 characters");
        Files.writeString(passphrase, "long enough for anybody\n");
        assertThat(croft("backup", "--to", archivesFolder(), "--passphrase-file", passphrase.toString()))
                .as(err.toString())
                .isZero();
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(croft("backup", "--to", archivesFolder(), "--passphrase-file", passphrase.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("chmod 600 " + passphrase);
        assertThat(croft("backup", "--key-file", key())).isEqualTo(2);
        assertThat(croft("backup", "--to", archivesFolder(), "--key-file", key(), "--keep", "0"))
                .isEqualTo(2);
    }

    /** As when the disk that it is on is not mounted: nobody has a copy of one that is made in its place. */
    @Test
    void aKeyThatIsLostIsNotMadeAnew() throws Exception {
        assertThat(backup()).isZero();
        Files.delete(Path.of(key()));
        assertThat(backup()).isEqualTo(1);
        assertThat(err.toString()).contains(key() + " is not there", "put back what opens them");
        assertThat(Path.of(key())).doesNotExist();
        assertThat(archives()).hasSize(1);
    }

    @Test
    void anArchiveIsAskedForOnlyWhereNobodyReadsAlong() {
        var words = new String[] {
            "backup",
            "--to",
            archivesFolder(),
            "--key-file",
            key(),
            "--url",
            "http://192.0.2.1:8080",
            "--token",
            "secret"
        };
        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).contains("give an https address");
    }

    @Test
    void onlyOneWorksInADirectory() throws Exception {
        try (var folderInUse = BackupFolder.open(Path.of(archivesFolder()))) {
            assertThat(folderInUse.archive("x")).hasFileName("croft-x.archive");
            assertThat(backup()).isEqualTo(1);
            assertThat(err.toString()).contains("another croft backup works in");
        }
        Files.writeString(folder.resolve("archives/croft-killed.archive.part"), "half");
        assertThat(backup()).isZero();
        assertThat(left()).noneMatch(f -> f.toString().endsWith(".part"));
    }

    @Test
    void whatIsSomebodyElsesStays() throws Exception {
        var theirs = List.of(
                "film.part", "sub/film.part", "blobs/film.part", "blobs/ab/film", "blobs/cd/" + "ab".repeat(32));
        for (var name : theirs) {
            var file = folder.resolve("archives").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "theirs");
        }
        assertThat(backup()).isZero();
        assertThat(backup("--keep", "1")).isZero();
        assertThat(theirs)
                .allMatch(name -> Files.exists(folder.resolve("archives").resolve(name)));
    }

    private int backup(String... more) {
        var words = new ArrayList<>(List.of("backup", "--to", archivesFolder(), "--key-file", key()));
        words.addAll(List.of(more));
        return croft(words.toArray(String[]::new));
    }

    private int croft(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--token", "secret"));
        return run(all.toArray(String[]::new));
    }

    private int run(String... words) {
        return Croft.commandLine(words)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private String archivesFolder() {
        return folder.resolve("archives").toString();
    }

    private String key() {
        return folder.resolve("key").toString();
    }

    private List<Path> archives() throws IOException {
        return files("croft-.*\\.archive");
    }

    private List<Path> blobs() throws IOException {
        return files("[0-9a-f]{64}");
    }

    private List<Path> left() throws IOException {
        return files("[^.].*");
    }

    private List<Path> files(String pattern) throws IOException {
        try (var files = Files.walk(folder.resolve("archives"))) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> f.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] archive(boolean whole, String... blobs) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entries = new TreeMap<String, String>();
            var list = Arrays.stream(blobs)
                    .map("{\"digest\":\"sha256:%s\",\"sizeBytes\":16}"::formatted)
                    .toList();
            entries.put(
                    "1",
                    "manifest.json"
                            + " {\"format\":1,\"taken\":\"2026-11-28T12:00:00Z\",\"migrations\":[],\"tables\":[],\"sequences\":{},\"blobs\":"
                            + list + ",\"settings\":{}}");
            var random = new Random(3);
            var rows = new StringBuilder("tables/instance ");
            random.ints(300_000, 'a', 'z').forEach(c -> rows.append((char) c));
            entries.put("2b", rows.toString());
            entries.put("2", "state/ca/ca.key secret-of-the-authority");
            if (whole) {
                entries.put("3", "end.json {\"rows\":{}}");
            }
            for (var entry : entries.values()) {
                var parts = entry.split(" ", 2);
                zip.putNextEntry(new ZipEntry(parts[0]));
                zip.write(parts[1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String hex(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            received.put(call, exchange.getRequestBody().readAllBytes());
            var answer = answers.get(call);
            if (answer == null) {
                var problem = "{\"title\":\"Not"
                        + " Found\",\"status\":404,\"detail\":\"nothing\",\"code\":\"NotFound\",\"requestId\":\"r\"}";
                exchange.sendResponseHeaders(404, problem.length());
                exchange.getResponseBody().write(problem.getBytes(StandardCharsets.UTF_8));
                return;
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer, 0, Math.min(cut, answer.length));
        }
    }
}
