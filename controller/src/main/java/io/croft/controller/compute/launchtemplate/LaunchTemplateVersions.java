package io.croft.controller.compute.launchtemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a request is about.
 *
 * @param template null for all of the account's, of which then only {@code $Latest} and {@code $Default} can be asked for
 * @param versions numbers, {@code $Latest}, {@code $Default}; empty for all
 * @param least with {@code most} a range of numbers, both ends included; null for no bound
 */
public record LaunchTemplateVersions(
        @Nullable LaunchTemplateReference template,
        List<String> versions,
        @Nullable Long least,
        @Nullable Long most) {
    public LaunchTemplateVersions {
        versions = List.copyOf(versions);
    }
}
