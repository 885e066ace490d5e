package io.croft.e2e.conformance;

import io.croft.e2e.LabEnvironment;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The distribution's boto3. */
public final class BotoClient implements ApiClient {
    /** What boto.py says instead of a code. */
    private static final String UNKNOWN = "unknown action";

    private final PythonProgram boto;

    public BotoClient(LabEnvironment environment) throws IOException {
        boto = new PythonProgram("boto.py", environment);
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
        var answer = boto.ask(call, Answer.class);
        if (answer.error().equals(UNKNOWN)) {
            throw new UnknownActionException(name(), service, action);
        }
        return answer;
    }

    @Override
    public void close() {
        boto.close();
    }
}
