package io.croft.e2e.bench;

import io.croft.e2e.LabEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The yardstick: the same done by hand on the host, with {@code qemu-img}, {@code virsh} and {@code dd} alone. A script inside the host, {@code bare-host.sh}, takes the time, so that getting into the
 * host is not measured.
 */
final class BareHost implements AutoCloseable {
    private final Path script;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /** Takes a running instance of the host as the pattern, which may go once this returns. */
    BareHost(LabEnvironment environment, String host, String instance) throws IOException {
        script = Files.createTempFile("bare-host", ".sh");
        try (InputStream in = BareHost.class.getResourceAsStream("bare-host.sh")) {
            if (in == null) {
                throw new IllegalStateException("bare-host.sh is not on the class path");
            }
            Files.write(script, in.readAllBytes());
        }
        process = new ProcessBuilder(
                        environment.script().toString(), "exec", host, "--", "bash", script.toString(), instance)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        answer();
    }

    /** Makes that many machines at once and removes them; milliseconds until the last one runs. */
    double launch(int count) {
        return take("launch " + count);
    }

    /** Does what the script calls so, and answers with its figure. */
    double take(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            return Double.parseDouble(answer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the script inside the host has ended");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.onExit().join();
        Files.delete(script);
    }
}
