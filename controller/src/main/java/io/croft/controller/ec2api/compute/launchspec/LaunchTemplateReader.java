package io.croft.controller.ec2api.compute.launchspec;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.launchtemplate.LaunchTemplateReference;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.LaunchTemplateId;
import org.jspecify.annotations.Nullable;

/** Reads which launch template a request is about. */
public final class LaunchTemplateReader {
    private LaunchTemplateReader() {}

    /**
     * Reads the template, which is given either by id or by name.
     *
     * @throws CloudException MissingParameter, InvalidParameterCombination or InvalidLaunchTemplateId.Malformed
     */
    public static LaunchTemplateReference read(@Nullable String id, @Nullable String name) {
        if (id != null && name != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters LaunchTemplateId and LaunchTemplateName cannot be used together");
        }
        if (id != null) {
            return new LaunchTemplateReference.ById(new LaunchTemplateId(id));
        }
        return new LaunchTemplateReference.ByName(Given.value(name, "LaunchTemplateId"));
    }
}
