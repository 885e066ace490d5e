package io.croft.controller.compute.launch;

import io.croft.controller.compute.launchspec.InstanceCount;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchtemplate.LaunchTemplateReference;
import org.jspecify.annotations.Nullable;

/**
 * A launch for which a launch template says what the request does not.
 *
 * @param version a number, {@code $Latest} or {@code $Default}; null for the default
 * @param asked what the request itself says, before which the template's word does not count
 * @param clientToken null for none
 */
public record TemplateLaunch(
        LaunchTemplateReference template,
        @Nullable String version,
        LaunchSpec asked,
        InstanceCount count,
        @Nullable String clientToken) {}
