package io.croft.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The distribution's AWS CLI, unmodified, against the lab. It has only the environment's keys: no profile of the machine is read. */
public final class AwsCli {
    private static final Path PROGRAM = Path.of("/usr/bin/aws");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LabEnvironment environment;

    public AwsCli(LabEnvironment environment) {
        this.environment = environment;
    }

    /** An EC2 command that must succeed; its output as JSON, missing when it printed nothing. */
    public JsonNode ec2(String... words) {
        String output = run("ec2", words).require();
        return json(output);
    }

    /** What a program printed as JSON; missing when it printed nothing. */
    public static JsonNode json(String output) {
        return output.isBlank() ? MissingNode.getInstance() : JSON.readTree(output);
    }

    /** An EC2 command that must fail; what it printed as the error. */
    public String ec2Error(String... words) {
        Outcome outcome = run("ec2", words);
        if (outcome.succeeded()) {
            throw new IllegalStateException("this was to fail: " + String.join(" ", words) + "\n" + outcome.output());
        }
        return outcome.errors();
    }

    public Outcome run(String service, String... words) {
        List<String> line = new ArrayList<>(List.of(
                "env",
                "AWS_CONFIG_FILE=/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE=/dev/null",
                "AWS_MAX_ATTEMPTS=1",
                PROGRAM.toString()));
        line.addAll(words(environment, service, words));
        return Command.of(line.toArray(String[]::new))
                .within(Duration.ofMinutes(11))
                .run();
    }

    /** The words behind {@code aws} for a command against the lab that is to answer in JSON. */
    public static List<String> words(LabEnvironment environment, String service, String... words) {
        List<String> line = new ArrayList<>(
                List.of("--endpoint-url", environment.endpoint().toString(), "--output", "json", service));
        line.addAll(List.of(words));
        return line;
    }
}
