package io.croft.controller.awsedge;

import java.util.List;

/**
 * An action that is served, as data: for pages and tests.
 *
 * @param service such as {@code ec2}
 * @param name such as {@code RunInstances}
 * @param parameters the parameters that work, as {@link Action#supports} names them
 * @param accepted the values that change nothing, as {@link Action#accepts} names them
 */
public record SupportedAction(String service, String name, List<String> parameters, List<String> accepted) {
    public SupportedAction {
        parameters = List.copyOf(parameters);
        accepted = List.copyOf(accepted);
    }
}
