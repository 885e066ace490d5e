package io.croft.controller.compute.launchtemplate;

import io.croft.controller.compute.launchspec.LaunchSpec;
import org.jspecify.annotations.Nullable;

/**
 * A version to be.
 *
 * @param description up to 255 characters; null without one
 * @param data what a launch from it asks for
 */
public record NewLaunchTemplateVersion(@Nullable String description, LaunchSpec data) {}
