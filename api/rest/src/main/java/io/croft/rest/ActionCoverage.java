package io.croft.rest;

import java.util.List;

/**
 * How much of an action of AWS is served.
 *
 * @param service such as {@code ec2}
 * @param action such as {@code RunInstances}
 * @param supported the parameters that work, list indexes left out; {@code Filter.*} stands for all below
 * @param accepted values that ask for what happens anyway
 * @param refused AWS's parameters, of the top level, that are refused by name
 */
public record ActionCoverage(
        String service, String action, List<String> supported, List<String> accepted, List<String> refused) {
    public ActionCoverage {
        supported = List.copyOf(supported);
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }
}
