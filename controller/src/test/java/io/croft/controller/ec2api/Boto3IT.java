package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.croft.controller.CroftController;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void resourcesAreAsWithEc2() throws IOException {
        assumeThat(Path.of("/usr/lib/python3/dist-packages/boto3")).isDirectory();
        var tenant = tenants.create("boto3");
        var script = directory.resolve("resources.py");
        try (var source = Objects.requireNonNull(Boto3IT.class.getResourceAsStream("resources.py"))) {
            Files.copy(source, script);
        }
        var ended = ClientProcess.run(
                tenant.key.id(),
                tenant.key.secret(),
                List.of(PYTHON, script.toString(), tenant.endpoint().toString(), tenant.image("boto3")));
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output()).isEqualTo("all is as with EC2\n");
        assertThat(ended.status()).isZero();
    }
}
