package io.croft.controller.compute.launchtemplate;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;

/** How a request names a version of a launch template. */
sealed interface LaunchTemplateVersionNumber {
    record Exactly(long version) implements LaunchTemplateVersionNumber {}

    record Latest() implements LaunchTemplateVersionNumber {}

    record Default() implements LaunchTemplateVersionNumber {}

    /**
     * Reads a number, {@code $Latest} or {@code $Default}.
     *
     * @throws CloudException InvalidParameterValue
     */
    static LaunchTemplateVersionNumber parse(String text) {
        return switch (text) {
            case "$Latest" -> new Latest();
            case "$Default" -> new Default();
            default -> {
                if (!text.matches("[1-9][0-9]{0,17}")) {
                    throw new CloudException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "Invalid launch template version '" + text
                                    + "': it must be a number from 1, $Latest or $Default");
                }
                yield new Exactly(Long.parseLong(text));
            }
        };
    }
}
