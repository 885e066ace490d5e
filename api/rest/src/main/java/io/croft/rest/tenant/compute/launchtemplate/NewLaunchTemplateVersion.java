package io.croft.rest.tenant.compute.launchtemplate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for another version of a launch template.
 *
 * @param description up to 255 characters; none by default
 * @param sourceVersion the version that has what {@code data} does not say; none by default
 */
public record NewLaunchTemplateVersion(
        @Nullable String description, @Nullable Long sourceVersion, LaunchTemplateData data) {
    public NewLaunchTemplateVersion {
        Objects.requireNonNull(data, "data is missing");
    }
}
