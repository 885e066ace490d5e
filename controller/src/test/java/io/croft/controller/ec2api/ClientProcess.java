package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of somebody else's that calls the edge with an account's keys, and with nothing of this machine's configuration. */
final class ClientProcess {
    private ClientProcess() {}

    /** How a program ended. */
    record Ended(int status, String output, String errors) {}

    /** Runs it to its end. */
    static Ended run(String key, String secret, List<String> command) {
        try {
            var output = Files.createTempFile("client", ".out");
            var errors = Files.createTempFile("client", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            var environment = builder.environment();
            environment.put("AWS_ACCESS_KEY_ID", key);
            environment.put("AWS_SECRET_ACCESS_KEY", secret);
            environment.put("AWS_DEFAULT_REGION", "us-east-1");
            environment.put("AWS_CONFIG_FILE", "/dev/null");
            environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
            environment.put("AWS_MAX_ATTEMPTS", "1");
            environment.put("AWS_PAGER", "");
            environment.put("AWS_EC2_METADATA_DISABLED", "true");
            var process = builder.start();
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            var ended = new Ended(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
            Files.delete(output);
            Files.delete(errors);
            return ended;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
