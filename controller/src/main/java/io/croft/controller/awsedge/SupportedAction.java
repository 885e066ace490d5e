package io.croft.controller.awsedge;

import java.util.List;

/**
 * An action that is served, as data: for pages and tests.
 *
 * @param service such as {@code ec2}
 * @param name such as {@code RunInstances}
 * @param parameters the parameters that work, as {@link Action#supports} names them
 * @param accepted the values that change nothing, as {@link Action#accepts} names them
 * @param refused AWS's parameters of the top level of which nothing is in the other lists
 */
public record SupportedAction(
        String service, String name, List<String> parameters, List<String> accepted, List<String> refused) {
    public SupportedAction {
        parameters = List.copyOf(parameters);
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }
}
