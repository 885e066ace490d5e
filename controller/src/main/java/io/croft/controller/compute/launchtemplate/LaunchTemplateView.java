package io.croft.controller.compute.launchtemplate;

import io.croft.types.AccountId;
import io.croft.types.LaunchTemplateId;
import java.time.Instant;
import java.util.Map;

/**
 * A launch template.
 *
 * @param createdBy the ARN of who made it
 * @param latestVersion the highest number of its versions
 */
public record LaunchTemplateView(
        LaunchTemplateId id,
        String name,
        AccountId owner,
        Instant created,
        String createdBy,
        long defaultVersion,
        long latestVersion,
        Map<String, String> tags) {}
