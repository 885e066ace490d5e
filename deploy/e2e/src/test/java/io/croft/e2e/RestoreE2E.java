package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A database is put back that is as old as an instance that was terminated since, by hand or into a controller that was made anew: its machine does not come back. */
@Tag("real")
@Tag("long")
class RestoreE2E {
    private static final Duration RESTART = Duration.ofSeconds(90);
    private static final String DATABASE = """
        settings=/etc/croft/controller.yaml
        bin=$(printf '%s\\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
        export PGHOST=127.0.0.1 PGDATABASE=croft
        PGPORT=$(sed -n 's#.*127\\.0\\.0\\.1:\\([0-9]*\\)/croft.*#\\1#p' "$settings" | head -n 1)
        PGUSER=$(sed -n 's/^ *username: *//p' "$settings" | tr -d '\\042\\047' | head -n 1)
        PGPASSWORD=$(sed -n 's/^ *password: *//p' "$settings" | tr -d '\\042\\047' | head -n 1)
        export PGPORT PGUSER PGPASSWORD
        """;

    private final LabFixture fixture = new LabFixture();
    private final Lab lab = fixture.lab;

    @AfterEach
    void nothingIsLeft() {
        lab.script("controller", "rm -f /var/tmp/older.dump");
        fixture.close();
    }

    private void database(String script) {
        lab.script("controller", DATABASE + script).require();
    }

    @Test
    void noMachineComesBack() {
        var kept = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        var dead = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        database("\"$bin/pg_dump\" -Fc -f /var/tmp/older.dump\n");
        fixture.ec2.terminateInstances(r -> r.instanceIds(dead));
        fixture.awaitState(dead, InstanceStateName.TERMINATED);
        var fresh = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        fixture.awaitAgreement();

        lab.stop("controller");
        database("""
            "$bin/psql" -Xq -v ON_ERROR_STOP=1 -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public'
            "$bin/pg_restore" --exit-on-error --no-owner -d croft /var/tmp/older.dump
            """);
        lab.start("controller");
        await("the controller and its agents").atMost(RESTART).until(lab::healthy);
        assertPutRight(kept, dead, fresh);
    }

    /** The controller's machine is lost; another one has nothing but an archive and what opens it. */
    @Test
    void aControllerMadeAnewGoesOnFromAnArchive(@TempDir Path folder) throws IOException {
        var key = folder.resolve("backup.key").toString();
        var kept = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        var dead = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        fixture.croft("backup", "--to", folder.resolve("archives").toString(), "--key-file", key)
                .require();
        fixture.ec2.terminateInstances(r -> r.instanceIds(dead));
        fixture.awaitState(dead, InstanceStateName.TERMINATED);
        var fresh = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        fixture.awaitAgreement();

        lab.stop("controller");
        database("\"$bin/psql\" -Xq -v ON_ERROR_STOP=1 -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public'\n");
        lab.script(
                        "controller",
                        "find /var/lib/croft/controller -mindepth 1 -maxdepth 1 ! -name operator.token -exec rm -r {} +\n")
                .require();
        lab.start("controller");
        await("the new controller")
                .atMost(RESTART)
                .until(() -> fixture.croft("doctor").succeeded());
        assertThat(fixture.croft("backup", "verify", archive(folder), "--key-file", key)
                        .require())
                .contains("opens all");
        fixture.croft("restore", "load", archive(folder), "--key-file", key, "--yes")
                .require();
        await("the controller and its agents").atMost(RESTART).until(lab::healthy);
        assertPutRight(kept, dead, fresh);
    }

    private static String archive(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("archives"))) {
            return files.map(Path::toString)
                    .filter(f -> f.endsWith(".archive"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void assertPutRight(String kept, String dead, String fresh) {
        assertThatThrownBy(() -> fixture.launch(fixture.request(1)))
                .isInstanceOfSatisfying(
                        Ec2Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));
        await("every host has told what it has").atMost(LabFixture.CONVERGENCE).until(this::isTold);
        assertThat(fixture.croft("restore", "plan").require()).contains(dead, "terminate", fresh, "adopt", kept);
        assertThat(running()).contains(kept, fresh).doesNotContain(dead);

        fixture.croft("restore", "apply").require();
        await("all is as the hosts have it")
                .atMost(LabFixture.CONVERGENCE)
                .untilAsserted(
                        () -> assertThat(fixture.instance(fresh).state().name()).isEqualTo(InstanceStateName.RUNNING));
        fixture.awaitAgreement();
        assertThat(fixture.instance(dead).state().name()).isEqualTo(InstanceStateName.TERMINATED);
        assertThat(running()).contains(kept, fresh).doesNotContain(dead);
        assertThat(fixture.launchRunning(fixture.request(1))).hasSize(1);
    }

    private boolean isTold() {
        return fixture.croft("restore", "status", "--output", "json")
                .output()
                .replace(" ", "")
                .contains("\"silent\":[]");
    }

    private List<String> running() {
        return HostState.all(lab).stream()
                .flatMap(h -> h.domains("running").stream())
                .toList();
    }
}
