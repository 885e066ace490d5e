package io.croft.controller.ec2api.compute.launchtemplate;

import io.croft.controller.compute.launchtemplate.DeletedLaunchTemplateVersion;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersionView;
import io.croft.controller.compute.launchtemplate.LaunchTemplateView;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecForm;
import io.croft.controller.ec2api.kit.TagForm;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseErrorItem;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseSuccessItem;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateErrorCode;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** Launch templates as EC2 writes them. */
final class LaunchTemplateForm {
    private LaunchTemplateForm() {}

    static LaunchTemplate write(LaunchTemplateView template) {
        return LaunchTemplate.builder()
                .launchTemplateId(template.id().value())
                .launchTemplateName(template.name())
                .createTime(template.created())
                .createdBy(template.createdBy())
                .defaultVersionNumber(template.defaultVersion())
                .latestVersionNumber(template.latestVersion())
                .tags(TagForm.write(template.tags()))
                .build();
    }

    static LaunchTemplateVersion write(LaunchTemplateVersionView version) {
        return LaunchTemplateVersion.builder()
                .launchTemplateId(version.template().value())
                .launchTemplateName(version.name())
                .versionNumber(version.version())
                .versionDescription(version.description())
                .createTime(version.created())
                .createdBy(version.createdBy())
                .defaultVersion(version.isDefault())
                .launchTemplateData(LaunchSpecForm.write(version.data()))
                .build();
    }

    static DeleteLaunchTemplateVersionsResponseSuccessItem deleted(DeletedLaunchTemplateVersion version) {
        return DeleteLaunchTemplateVersionsResponseSuccessItem.builder()
                .launchTemplateId(version.template().value())
                .launchTemplateName(version.name())
                .versionNumber(version.version())
                .build();
    }

    static DeleteLaunchTemplateVersionsResponseErrorItem kept(DeletedLaunchTemplateVersion version) {
        var there = version.outcome() == DeletedLaunchTemplateVersion.Outcome.IS_DEFAULT;
        return DeleteLaunchTemplateVersionsResponseErrorItem.builder()
                .launchTemplateId(version.template().value())
                .launchTemplateName(version.name())
                .versionNumber(version.version())
                .responseError(e -> e.code(
                                there
                                        ? LaunchTemplateErrorCode.UNEXPECTED_ERROR
                                        : LaunchTemplateErrorCode.LAUNCH_TEMPLATE_VERSION_DOES_NOT_EXIST)
                        .message(
                                there
                                        ? "The default version of a launch template cannot be deleted."
                                        : "The specified launch template version does not exist."))
                .build();
    }
}
