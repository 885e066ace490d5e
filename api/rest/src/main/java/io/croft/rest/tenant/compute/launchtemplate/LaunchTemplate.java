package io.croft.rest.tenant.compute.launchtemplate;

import java.util.Map;

/**
 * A launch template; its versions are resources of their own.
 *
 * @param defaultVersion what a launch uses that names no version
 * @param latestVersion the highest number of its versions
 */
public record LaunchTemplate(
        String launchTemplateId,
        String name,
        String created,
        long defaultVersion,
        long latestVersion,
        Map<String, String> tags) {}
