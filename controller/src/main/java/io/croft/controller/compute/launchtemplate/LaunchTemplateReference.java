package io.croft.controller.compute.launchtemplate;

import io.croft.types.LaunchTemplateId;

/** How a request names a launch template. */
public sealed interface LaunchTemplateReference {
    record ById(LaunchTemplateId id) implements LaunchTemplateReference {}

    record ByName(String name) implements LaunchTemplateReference {}
}
