package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.StateDirectory;
import io.croft.controller.hostlink.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * The whole controller with a simulated host, as a script drives it by the objects, collections and waiters of the distribution's boto3. Skipped, and counted as
 * such, on a machine without one.
 */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@Timeout(180)
class Boto3IT {
    private static final String PYTHON = "/usr/bin/python3";

    @Autowired
    EdgeWorld.Tenants tenants;

    @TempDir
    Path directory;

    @Autowired
    Connectors connectors;

    @Autowired
    StateDirectory state;

    @Test
    void resourcesAreAsWithEc2() throws IOException {
        var tenant = tenants.create("boto3");
        assertThat(output(tenant, "resources.py", tenant.endpoint().toString(), tenant.image("boto3")))
                .isEqualTo("all is as with EC2\n");
    }

    @Test
    void snapshotsAreAsWithEbs() throws IOException {
        var tenant = tenants.create("boto3-snapshots");
        assertThat(output(tenant, "snapshots.py", tenant.endpoint().toString())).isEqualTo("all is as with EBS\n");
    }

    /** Over TLS it leaves a block out of what it signs. */
    @Test
    void soTheyAreOverTls() throws IOException {
        var tenant = tenants.create("boto3-tls");
        var authority = state.directory("ca").resolve("ca.crt").toString();
        assertThat(output(tenant, "snapshots.py", "https://127.0.0.1:" + connectors.httpsPort(), authority))
                .isEqualTo("all is as with EBS\n");
    }

    private String output(Tenant tenant, String name, String... arguments) throws IOException {
        assumeThat(Path.of("/usr/lib/python3/dist-packages/boto3")).isDirectory();
        var script = directory.resolve(name);
        try (var source = Objects.requireNonNull(Boto3IT.class.getResourceAsStream(name))) {
            Files.copy(source, script);
        }
        var command = new ArrayList<>(List.of(PYTHON, script.toString()));
        command.addAll(List.of(arguments));
        var ended = ClientProcess.run(tenant.key.id(), tenant.key.secret(), command);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.status()).isZero();
        return ended.output();
    }
}
