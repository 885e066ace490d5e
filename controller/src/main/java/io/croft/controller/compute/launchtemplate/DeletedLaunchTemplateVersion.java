package io.croft.controller.compute.launchtemplate;

import io.croft.types.LaunchTemplateId;

/** What became of one version that was to be deleted. */
public record DeletedLaunchTemplateVersion(LaunchTemplateId template, String name, long version, Outcome outcome) {
    public enum Outcome {
        DELETED,
        NOT_FOUND,
        /** The default is never deleted. */
        IS_DEFAULT
    }
}
