package io.croft.controller.restapi.compute.launchtemplate;

import io.croft.controller.compute.launchtemplate.LaunchTemplateReference;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersionView;
import io.croft.controller.compute.launchtemplate.LaunchTemplateView;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplate;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateChoice;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateVersion;
import io.croft.rest.tenant.compute.launchtemplate.NewLaunchTemplateVersion;
import io.croft.types.LaunchTemplateId;
import java.util.Objects;
import java.util.TreeMap;

/** Launch templates as REST shows and names them. */
public final class LaunchTemplateForm {
    private LaunchTemplateForm() {}

    static LaunchTemplate write(LaunchTemplateView template) {
        return new LaunchTemplate(
                template.id().value(),
                template.name(),
                template.created().toString(),
                template.defaultVersion(),
                template.latestVersion(),
                new TreeMap<>(template.tags()));
    }

    static LaunchTemplateVersion write(LaunchTemplateVersionView version) {
        return new LaunchTemplateVersion(
                version.template().value(),
                version.version(),
                version.description(),
                version.created().toString(),
                version.isDefault(),
                LaunchSpecForm.write(version.data()));
    }

    static io.croft.controller.compute.launchtemplate.NewLaunchTemplateVersion version(
            NewLaunchTemplateVersion request) {
        return new io.croft.controller.compute.launchtemplate.NewLaunchTemplateVersion(
                request.description(), LaunchSpecForm.read(request.data()));
    }

    public static LaunchTemplateReference reference(LaunchTemplateChoice choice) {
        return choice.launchTemplateId() != null
                ? new LaunchTemplateReference.ById(new LaunchTemplateId(choice.launchTemplateId()))
                : new LaunchTemplateReference.ByName(Objects.requireNonNull(choice.name()));
    }
}
