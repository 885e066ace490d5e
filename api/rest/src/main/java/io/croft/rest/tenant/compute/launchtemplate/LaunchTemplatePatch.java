package io.croft.rest.tenant.compute.launchtemplate;

import java.util.Objects;

/** Which version of a launch template is to be its default. */
public record LaunchTemplatePatch(Long defaultVersion) {
    public LaunchTemplatePatch {
        Objects.requireNonNull(defaultVersion, "defaultVersion is missing");
    }
}
