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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The distribution's boto3, one interpreter for all requests. */
public final class BotoClient implements ApiClient {
    private static final String PYTHON = "/usr/bin/python3";

    /** What boto.py says instead of a code. */
    private static final String UNKNOWN = "unknown action";

    private final Process python;
    private final Path program;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    /** Starts the interpreter; its complaints go to this process's stderr. */
    public BotoClient(LabEnvironment environment) throws IOException {
        program = Files.createTempFile("boto", ".py");
        try (var source = Objects.requireNonNull(BotoClient.class.getResourceAsStream("boto.py"))) {
            Files.write(program, source.readAllBytes());
        }
        var builder = new ProcessBuilder(PYTHON, program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("AWS_ENDPOINT_URL", environment.endpoint().toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", environment.accessKey());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", environment.secretKey());
        builder.environment().put("AWS_DEFAULT_REGION", environment.region());
        builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        python = builder.start();
        requests = python.outputWriter(StandardCharsets.UTF_8);
        answers = python.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "boto3";
    }

    @Override
    public Answer call(String service, String action, ObjectNode parameters) {
        var call = JsonMapper.shared()
                .createObjectNode()
                .put("service", service)
                .put("action", action)
                .set("parameters", parameters);
        try {
            requests.write(call + "\n");
            requests.flush();
            var line = answers.readLine();
            if (line == null) {
                throw new IOException("python has ended");
            }
            var answer = JsonMapper.shared().readValue(line, Answer.class);
            if (answer.error().equals(UNKNOWN)) {
                throw new UnknownActionException(name(), service, action);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("boto3 does not answer", e);
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
