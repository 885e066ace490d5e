package io.croft.e2e.conformance;

import io.croft.e2e.AwsCli;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The AWS CLI, a process a request. */
public final class CliClient implements ApiClient {
    private static final Pattern ERROR = Pattern.compile("An error occurred \\(([^)]+)\\)");

    private static final Pattern UNKNOWN = Pattern.compile("argument operation: .*Invalid choice");

    private final AwsCli cli;

    public CliClient(AwsCli cli) {
        this.cli = cli;
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
    public void close() {}
}
