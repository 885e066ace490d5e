package io.croft.e2e.conformance;

import io.croft.e2e.AwsCli;
import io.croft.e2e.LabEnvironment;
import io.croft.e2e.Outcome;
import java.io.IOException;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The distribution's AWS CLI: a process a request, or loaded once. */
public final class CliClient implements ApiClient {
    /** What runs a command of the CLI. */
    @FunctionalInterface
    private interface Runner extends AutoCloseable {
        Outcome run(String service, String... words);

        @Override
        default void close() {}
    }

    private static final Pattern ERROR = Pattern.compile("An error occurred \\(([^)]+)\\)");

    private static final Pattern UNKNOWN = Pattern.compile("argument operation: .*Invalid choice");

    private final Runner cli;

    private CliClient(Runner cli) {
        this.cli = cli;
    }

    /** The program as people start it. */
    public static CliClient ofProcesses(LabEnvironment environment) {
        return new CliClient(new AwsCli(environment)::run);
    }

    /** The program's own code without its start, which takes a second: a quarter of the time. */
    public static CliClient loadedOnce(LabEnvironment environment) throws IOException {
        var program = new PythonProgram("aws.py", environment);
        return new CliClient(new Runner() {
            @Override
            public Outcome run(String service, String... words) {
                var line = JsonMapper.shared().valueToTree(AwsCli.words(environment, service, words));
                return program.ask(line, Outcome.class);
            }

            @Override
            public void close() {
                program.close();
            }
        });
    }

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public Answer call(String service, String action, ObjectNode parameters) {
        var outcome = cli.run(
                service, ApiClient.words(action, "-"), "--no-paginate", "--cli-input-json", parameters.toString());
        if (outcome.succeeded()) {
            return new Answer(
                    "",
                    outcome.output().isBlank()
                            ? JsonNodeFactory.instance.objectNode()
                            : JsonMapper.shared().readTree(outcome.output()));
        }
        if (UNKNOWN.matcher(outcome.errors()).find()) {
            throw new UnknownActionException(name(), service, action);
        }
        var error = ERROR.matcher(outcome.errors());
        return new Answer(
                error.find() ? error.group(1) : outcome.errors().strip(), JsonNodeFactory.instance.objectNode());
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void close() {
        cli.close();
    }
}
