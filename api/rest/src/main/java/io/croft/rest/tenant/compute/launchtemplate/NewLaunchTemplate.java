package io.croft.rest.tenant.compute.launchtemplate;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a launch template with its first version.
 *
 * @param name 3 to 128 letters, digits and any of {@code ().-/_}, unique in the account
 * @param description of the version
 * @param tags of the template
 */
public record NewLaunchTemplate(
        String name,
        @Nullable String description,
        LaunchTemplateData data,
        @Nullable Map<String, String> tags) {
    public NewLaunchTemplate {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(data, "data is missing");
    }
}
