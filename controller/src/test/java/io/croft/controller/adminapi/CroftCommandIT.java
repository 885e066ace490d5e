package io.croft.controller.adminapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.cli.Croft;
import io.croft.controller.compute.launchtemplate.LaunchTemplateFixture;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code croft} against the running controller: each noun's whole life. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class CroftCommandIT {
    /** Commands of one word. */
    private static final Set<String> NOUN_ALONE = Set.of("audit", "doctor");

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
    BeanFactory beans;

    @Autowired
    History history;

    @Autowired
    Courses courses;

    /** How a command ended. */
    private record Ended(int code, String out, String err) {
        JsonNode json() {
            assertThat(code).as(err).isZero();
            return JsonMapper.shared().readTree(out);
        }
    }

    @Test
    void anAccountWithItsUsersKeysAndTokens() throws Exception {
        var account = json("account", "create", "cli-life").get("id").asString();
        assertThat(json("user", "list", "--account", account).findValuesAsString("name"))
                .containsExactly("admin");
        assertThat(json("user", "create", "--account", account, "ann")
                        .get("role")
                        .asString())
                .isEqualTo("reader");
        assertThat(json("user", "set-role", "--account", account, "ann", "admin")
                        .get("role")
                        .asString())
                .isEqualTo("admin");
        assertThat(croft("user", "set-role", "--account", account, "ann", "king")
                        .code())
                .isEqualTo(1);
        var key = json("key", "create", "--account", account, "--user", "ann")
                .get("accessKeyId")
                .asString();
        assertThat(croft("key", "disable", "--account", account, key).out())
                .isEqualTo("Key " + key + " is out of use.\n");
        var listed = json("key", "list", "--account", account).get(0);
        assertThat(listed.get("user").asString()).isEqualTo("ann");
        assertThat(listed.get("active").asBoolean()).isFalse();
        assertThat(croft("key", "enable", "--account", account, key).code()).isZero();
        assertThat(croft("key", "delete", "--account", account, key).code()).isZero();
        assertThat(croft("key", "delete", "--account", account, key).code()).isEqualTo(3);
        assertThat(json("token", "create", "--account", account, "--user", "ann", "ci")
                        .get("token")
                        .asString())
                .isNotEmpty();
        assertThat(croft("token", "create", "--account", account, "--user", "ann", "ci")
                        .code())
                .isEqualTo(6);
        assertThat(json("token", "list", "--account", account)
                        .get(0)
                        .get("user")
                        .asString())
                .isEqualTo("ann");
        assertThat(croft("token", "delete", "--account", account, "ci").code()).isZero();
        assertThat(croft("user", "delete", "--account", account, "ann").code()).isZero();
        assertThat(json("account", "disable", account).get("enabled").asBoolean())
                .isFalse();
        assertThat(json("account", "enable", account).get("enabled").asBoolean())
                .isTrue();
        assertThat(croft("account", "show", "999999999999").code()).isEqualTo(3);
        assertThat(croft("user", "list", "--account", "999999999999").code()).isEqualTo(3);

        var trail = json("audit", "--action", "admin:*", "--resource", account + "*", "--limit", "100");
        assertThat(trail.findValuesAsString("outcome"))
                .contains("Success", "Conflict", "NotFound", "InvalidParameterValue");
        assertThat(json("audit", "--action", "admin:*", "--resource", account + "*", "--refused", "--last", "PT10M")
                        .findValuesAsString("outcome"))
                .doesNotContain("Success");
    }

    @Test
    void whereTheTimeOfAnInstancesStartsWentIsPrinted() throws Exception {
        var account =
                new AccountId(json("account", "create", "cli-timed").get("id").asString());
        var id = "i-0123456789abcdef3";
        history.record(List.of(new Happening(account, id, "pending", "")));
        assertThat(croft("instance", "why", "--steps", id).err()).contains("There are none");
        var steps = List.of(
                new Step("work", "host", null, Duration.ofMillis(12), Duration.ofMillis(310)),
                new Step(
                        "StartMachine",
                        "instance/" + id,
                        "work",
                        Duration.ofMillis(15),
                        Duration.ofNanos(301_250_000)));
        courses.add(new Course(account, id, Instant.parse("2026-11-21T08:00:00Z"), steps));
        assertThat(croft("instance", "why", "--steps", id).out().lines().map(String::strip))
                .anyMatch(line -> line.matches("2026-11-21T08:00:00Z +12.0 ms +310.0 ms +work +host"))
                .anyMatch(
                        line -> line.matches("2026-11-21T08:00:00Z +15.0 ms +301.3 ms +StartMachine +instance/" + id));
        assertThat(json("instance", "why", "--steps", id).findValuesAsString("took"))
                .containsExactly("PT0.31S", "PT0.30125S");
        assertThat(croft("instance", "why", "--steps").code()).isEqualTo(2);
        assertThat(croft("instance", "why", "--steps", "i-0123456789abcdef4").code())
                .isEqualTo(3);
    }

    @Test
    void anAccountIsDeletedOnceItsNumberIsSaidAgain() throws Exception {
        var empty = json("account", "create", "cli-empty").get("id").asString();
        assertThat(json("account", "delete", empty).get("state").asString()).isEqualTo("deleting");
        assertThat(json("account", "show", "--wait", "deleted", empty).get("waitsFor"))
                .isEmpty();
        assertThat(json("account", "list").findValuesAsString("id")).doesNotContain(empty);
        assertThat(json("account", "list", "--deleted").findValuesAsString("id"))
                .contains(empty);
        assertThat(croft("account", "delete", empty).code()).isEqualTo(6);
        assertThat(croft("account", "delete", "999999999999").code()).isEqualTo(3);
        assertThat(croft("account", "delete", "--force", "--yes", "000000000000")
                        .code())
                .isEqualTo(1);

        var account = json("account", "create", "cli-full").get("id").asString();
        var held = new LaunchTemplateFixture()
                .give(new Caller(new AccountId(account), "test", Role.ADMIN, "r", "127.0.0.1"), beans);
        var refused = croft("account", "delete", account);
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains(held.type() + " " + held.id(), held.detail());
        assertThat(json("account", "holdings", account).findValuesAsString("detail"))
                .containsExactly(held.detail());
        for (var answer : List.of("", "yes\n", "cli-full\n")) {
            var kept = answering(answer, "account", "delete", "--force", account);
            assertThat(kept.code()).isEqualTo(1);
            assertThat(kept.err()).contains(held.detail(), "Nothing is deleted");
        }
        assertThat(json("account", "show", account).get("state").asString()).isEqualTo("active");
        assertThat(answering(account + "\n", "account", "delete", "--force", account)
                        .code())
                .isZero();
        assertThat(croft("account", "show", "--wait", "deleted", account).out()).contains("deleted");
        assertThat(croft("user", "create", "--account", account, "late").code()).isEqualTo(6);
        assertThat(json("audit", "--action", "admin:*", "--resource", account + "*", "--limit", "100")
                        .findValuesAsString("outcome"))
                .contains("Success", "DependencyViolation");
    }

    private Ended answering(String answer, String... command) throws IOException {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        try {
            return croft(command);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void quotas() throws Exception {
        var account = json("account", "create", "cli-quota").get("id").asString();
        assertThat(json("quota", "list", "--account", account).findValuesAsString("quota"))
                .contains("instances", "vcpus", "volume-gib");
        var set = json("quota", "set", "--account", account, "vcpus", "3");
        assertThat(set.get("limit").asLong()).isEqualTo(3);
        assertThat(set.get("set").asBoolean()).isTrue();
        assertThat(croft("quota", "list", "--account", account).out()).contains("vcpus", "operator", "standard");
        assertThat(json("quota", "reset", "--account", account, "vcpus")
                        .get("set")
                        .asBoolean())
                .isFalse();
        assertThat(croft("quota", "set", "--account", account, "vcpu", "3").code())
                .isEqualTo(3);
        assertThat(croft("quota", "set", "--account", account, "vcpus", "--", "-1")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void aRestoreIsShownAndRefusedWhereThereIsNone() throws Exception {
        assertThat(json("restore", "status").get("state").asString()).isEqualTo("serving");
        assertThat(json("restore", "plan").size()).isZero();
        assertThat(json("restore", "frozen").size()).isZero();
        var unknown = croft("restore", "plan", "--without", "host-0123456789abcdef0");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("host-0123456789abcdef0", "not awaited");
        assertThat(croft("restore", "apply", "--without", "host-0123456789abcdef0")
                        .code())
                .isEqualTo(3);
        assertThat(croft("restore", "apply").err()).contains("nothing to apply");
        assertThat(croft("restore", "decide", "--stopped", "i-0123456789abcdef0")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void aHostIsCordonedAndExamined() throws Exception {
        var host = new EnrolledHosts(enrollmentTokens, enrollment, sessions)
                .ready(4, 8)
                .value();
        assertThat(json("host", "cordon", "--reason", "new disk", host)
                        .get("cordon")
                        .asString())
                .isEqualTo("new disk");
        assertThat(croft("host", "list").out()).contains("ready, cordoned");
        var sick = croft("host", "doctor", host);
        assertThat(sick.code()).isEqualTo(1);
        assertThat(sick.out()).contains("takes no new instances: new disk", "croft host uncordon " + host);
        assertThat(json("host", "uncordon", host).get("cordon").isNull()).isTrue();
        assertThat(json("host", "show", "--wait", "ready", host).get("id").asString())
                .isEqualTo(host);
    }

    @Test
    void theControllerIsLookedOver() throws Exception {
        var secret = properties.stateDir().resolve("master.key");
        var told = croft("doctor", "--output", "yaml").out();
        assertThat(told).contains("check: database\n", "check: migrations\n", "check: authority\n", "check: images\n");
        assertThat(told).contains("check: secret master.key\n  level: ok\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        try {
            var sick = croft("doctor");
            assertThat(sick.code()).isEqualTo(1);
            assertThat(sick.out()).contains("others may use it", "chmod 600 " + secret);
            assertThat(sick.err()).contains("checks fail.");
        } finally {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void typesAndCoverage() throws Exception {
        assertThat(json("type", "add", "cli.tiny", "--vcpus", "1", "--memory-mib", "128")
                        .get("builtIn")
                        .asBoolean())
                .isFalse();
        assertThat(croft("type", "list").out()).contains("cli.tiny", "128 MiB", "operator", "t3.nano");
        assertThat(croft("type", "remove", "cli.tiny").code()).isZero();
        assertThat(croft("type", "remove", "t3.nano").code()).isEqualTo(1);
        assertThat(json("api", "coverage").findValuesAsString("action")).contains("RunInstances", "GetCallerIdentity");
        assertThat(croft("api", "coverage", "RunInstances").out()).contains("ImageId", "REFUSED");
        assertThat(croft("api", "coverage", "RunAway").code()).isEqualTo(1);
        assertThat(croft("dns", "zone", "--name-server", "ns1.lab.test", "--contact", "a.b@lab.test", "--ttl", "60")
                        .out())
                .startsWith("; croft.public-domain is not set: ")
                .contains("\n$ORIGIN compute.croft.internal.\n$TTL 60\n@ IN SOA ns1.lab.test. a\\.b.lab.test. ")
                .contains("\nec2-198-18-0-5 IN A 198.18.0.5\n");
        assertThat(croft("dns", "zone", "--ttl", "-1").code()).isEqualTo(1);
        assertThat(croft("dns", "zone", "--name-server", "ns1.compute.croft.internal")
                        .err())
                .contains("is a name in the zone");
    }

    @Test
    void theControllerIsBackedUpAndTheArchiveIsWorthIt(@TempDir Path folder) throws Exception {
        var account = json("account", "create", "cli-backup").get("id").asString();
        assertThat(croft("key", "create", "--account", account).code()).isZero();
        var disk = Files.write(folder.resolve("disk.qcow2"), Qcow2Files.file(1 << 30));
        var digest = json("image", "import", disk.toString(), "--account", account, "--name", "kept")
                .get("digest")
                .asString();
        var archives = folder.resolve("archives");
        var key = folder.resolve("key").toString();
        var done = json("backup", "--to", archives.toString(), "--key-file", key, "--keep", "1");
        assertThat(done.get("blobs").asInt()).isPositive();
        var hex = digest.substring(digest.indexOf(':') + 1);
        assertThat(archives.resolve("blobs").resolve(hex.substring(0, 2)).resolve(hex))
                .hasSameBinaryContentAs(disk);
        var archive = done.get("archive").asString();
        var verified = json("backup", "verify", archive, "--key-file", key);
        assertThat(verified.findValuesAsString("level")).containsOnly("ok");
        assertThat(verified.findValuesAsString("check"))
                .contains("archive tables", "master key", "authority's key", "blobs");
        assertThat(croft("doctor", "--output", "yaml").out()).contains("check: backup\n  level: ok\n");
        assertThat(json("audit", "--action", "admin:POST /admin/v1/backups*").findValuesAsString("outcome"))
                .contains("Success");

        var bytes = Files.readAllBytes(Path.of(archive));
        bytes[bytes.length / 2] ^= 4;
        Files.write(Path.of(archive), bytes);
        var spoilt = croft("backup", "verify", archive, "--key-file", key);
        assertThat(spoilt.code()).isEqualTo(1);
        assertThat(spoilt.err()).contains("cannot be used: it was cut short or changed");
    }

    /** How many words say what is to be done. */
    private static int words(List<String> words) {
        return NOUN_ALONE.contains(words.getFirst()) || words.get(1).startsWith("-") ? 1 : 2;
    }

    private JsonNode json(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("--output", "json"));
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(words(words), all);
        return croft(words.toArray(String[]::new)).json();
    }

    private Ended croft(String... arguments) throws IOException {
        var token = Files.readString(properties.stateDir().resolve("operator.token"))
                .strip();
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(words(words), List.of("--url", "http://127.0.0.1:" + port, "--token", token));
        var code = Croft.commandLine(words.toArray(String[]::new))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }
}
