package io.croft.e2e.conformance;

import io.croft.e2e.LabEnvironment;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of this package in the distribution's Python, one interpreter for all requests. It has only the lab's keys: no profile of the machine is read. */
final class PythonProgram implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";

    private final String name;
    private final Process python;
    private final Path program;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    /**
     * Starts the interpreter; its complaints go to this process's stderr.
     *
     * @param name the program's file: it answers a line of JSON with a line of JSON
     */
    PythonProgram(String name, LabEnvironment environment) throws IOException {
        this.name = name;
        program = Files.createTempFile("croft-e2e", name);
        try (var source = Objects.requireNonNull(PythonProgram.class.getResourceAsStream(name))) {
            Files.write(program, source.readAllBytes());
        }
        var builder = new ProcessBuilder(PYTHON, program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("AWS_ENDPOINT_URL", environment.endpoint().toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", environment.accessKey());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", environment.secretKey());
        builder.environment().put("AWS_DEFAULT_REGION", environment.region());
        builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        builder.environment().put("AWS_MAX_ATTEMPTS", "1");
        python = builder.start();
        requests = python.outputWriter(StandardCharsets.UTF_8);
        answers = python.inputReader(StandardCharsets.UTF_8);
    }

    /** What it answers, as an {@code answer}. */
    <T> T ask(JsonNode request, Class<T> answer) {
        try {
            requests.write(request + "\n");
            requests.flush();
            var line = answers.readLine();
            if (line == null) {
                throw new IOException(name + " has ended");
            }
            return JsonMapper.shared().readValue(line, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not answer", e);
        }
    }

    @Override
    public void close() {
        python.destroy();
        try {
            Files.delete(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
