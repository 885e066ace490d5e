package io.croft.controller.compute.launchtemplate;

import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.types.AccountId;
import io.croft.types.LaunchTemplateId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a launch template, which never changes.
 *
 * @param createdBy the ARN of who made it
 */
public record LaunchTemplateVersionView(
        LaunchTemplateId template,
        String name,
        AccountId owner,
        long version,
        @Nullable String description,
        Instant created,
        String createdBy,
        boolean isDefault,
        LaunchSpec data) {}
