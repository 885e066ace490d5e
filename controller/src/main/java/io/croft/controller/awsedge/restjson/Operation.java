package io.croft.controller.awsedge.restjson;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How requests name an action.
 *
 * @param action as clients name it: {@code PutSnapshotBlock}
 * @param path with its parameters in braces: {@code /snapshots/{snapshotId}/blocks}
 * @param status of the answer
 * @param payload whether the body is bytes, and no JSON
 */
public record Operation(String action, String method, String path, int status, boolean payload) {
    /** The path's parameters; empty when the request is for another action. */
    Optional<Map<String, String>> match(String sentMethod, String sentPath) {
        var wanted = List.of(path.split("/", -1));
        var sent = List.of(sentPath.split("/", -1));
        if (!method.equals(sentMethod) || wanted.size() != sent.size()) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (var i = 0; i < sent.size(); i++) {
            var step = wanted.get(i);
            if (step.startsWith("{") && !sent.get(i).isEmpty()) {
                parameters.put(step.substring(1, step.length() - 1), decode(sent.get(i)));
            } else if (!step.equals(sent.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** A plus is a plus in a path. */
    private static String decode(String step) {
        try {
            return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return step;
        }
    }
}
