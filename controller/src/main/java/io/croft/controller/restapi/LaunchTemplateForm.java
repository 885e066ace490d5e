package io.croft.controller.restapi;

import io.croft.controller.compute.LaunchTemplateReference;
import io.croft.controller.compute.LaunchTemplateVersionView;
import io.croft.controller.compute.LaunchTemplateView;
import io.croft.rest.tenant.LaunchTemplate;
import io.croft.rest.tenant.LaunchTemplateChoice;
import io.croft.rest.tenant.LaunchTemplateVersion;
import io.croft.rest.tenant.NewLaunchTemplateVersion;
import io.croft.types.LaunchTemplateId;
import java.util.Objects;
import java.util.TreeMap;

/** Launch templates as REST shows and names them. */
final class LaunchTemplateForm {
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

    static io.croft.controller.compute.NewLaunchTemplateVersion version(NewLaunchTemplateVersion request) {
        return new io.croft.controller.compute.NewLaunchTemplateVersion(
                request.description(), LaunchSpecForm.read(request.data()));
    }

    static LaunchTemplateReference reference(LaunchTemplateChoice choice) {
        return choice.launchTemplateId() != null
                ? new LaunchTemplateReference.ById(new LaunchTemplateId(choice.launchTemplateId()))
                : new LaunchTemplateReference.ByName(Objects.requireNonNull(choice.name()));
    }
}
