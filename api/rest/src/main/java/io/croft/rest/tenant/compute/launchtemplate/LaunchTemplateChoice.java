package io.croft.rest.tenant.compute.launchtemplate;

import org.jspecify.annotations.Nullable;

/**
 * The launch template that a launch is made from; exactly one of its id and its name says which.
 *
 * @param version a number, {@code $Latest} or {@code $Default}, which it is by default
 */
public record LaunchTemplateChoice(
        @Nullable String launchTemplateId,
        @Nullable String name,
        @Nullable String version) {
    public LaunchTemplateChoice {
        if ((launchTemplateId == null) == (name == null)) {
            throw new IllegalArgumentException("exactly one of launchTemplateId and name must be given");
        }
    }
}
