package io.croft.rest.tenant.compute.launchtemplate;

import org.jspecify.annotations.Nullable;

/** A version of a launch template, which never changes. */
public record LaunchTemplateVersion(
        String launchTemplateId,
        long version,
        @Nullable String description,
        String created,
        boolean isDefault,
        LaunchTemplateData data) {}
