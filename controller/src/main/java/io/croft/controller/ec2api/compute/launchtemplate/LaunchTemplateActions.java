package io.croft.controller.ec2api.compute.launchtemplate;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchtemplate.DeletedLaunchTemplateVersion.Outcome;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersions;
import io.croft.controller.compute.launchtemplate.LaunchTemplates;
import io.croft.controller.compute.launchtemplate.NewLaunchTemplateVersion;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.compute.launch.LaunchActions;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecForm;
import io.croft.controller.ec2api.compute.launchspec.LaunchTemplateReader;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateResponse;

/** The actions on launch templates and their versions. Their data take what RunInstances takes. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "CreateLaunchTemplate.LaunchTemplateName", is = ErrorCode.LAUNCH_TEMPLATE_NAME_MALFORMED),
            @BadValue(of = "LaunchTemplateName", is = ErrorCode.LAUNCH_TEMPLATE_NAME_NOT_FOUND)
        })
class LaunchTemplateActions {
    private static final String DATA = "LaunchTemplateData";

    private final LaunchTemplates templates;

    LaunchTemplateActions(LaunchTemplates templates) {
        this.templates = templates;
    }

    @Action(
            supports = {"LaunchTemplateName", "VersionDescription", "ClientToken", "TagSpecification.*"},
            embeds = @Action.Embedded(under = DATA, group = LaunchActions.class, action = "runInstances"))
    CreateLaunchTemplateResponse createLaunchTemplate(Caller caller, CreateLaunchTemplateRequest request) {
        var data = LaunchSpecForm.read(Given.value(request.launchTemplateData(), DATA));
        var template = templates.create(
                caller,
                Given.value(request.launchTemplateName(), "LaunchTemplateName"),
                new NewLaunchTemplateVersion(request.versionDescription(), data),
                TagForm.specified(request.tagSpecifications(), ResourceType.LAUNCH_TEMPLATE),
                request.clientToken());
        return CreateLaunchTemplateResponse.builder()
                .launchTemplate(LaunchTemplateForm.write(template))
                .build();
    }

    /** Aliases are refused as image ids, so resolving them or not comes to the same. */
    @Action(
            supports = {"LaunchTemplateId", "LaunchTemplateName", "SourceVersion", "VersionDescription", "ClientToken"},
            accepts = {"ResolveAlias=false", "ResolveAlias=true"},
            embeds = @Action.Embedded(under = DATA, group = LaunchActions.class, action = "runInstances"))
    CreateLaunchTemplateVersionResponse createLaunchTemplateVersion(
            Caller caller, CreateLaunchTemplateVersionRequest request) {
        var template = LaunchTemplateReader.read(request.launchTemplateId(), request.launchTemplateName());
        var version = templates.createVersion(
                caller,
                template,
                request.sourceVersion(),
                new NewLaunchTemplateVersion(request.versionDescription(), data(request)),
                request.clientToken());
        return CreateLaunchTemplateVersionResponse.builder()
                .launchTemplateVersion(LaunchTemplateForm.write(version))
                .build();
    }

    private static LaunchSpec data(CreateLaunchTemplateVersionRequest request) {
        return request.launchTemplateData() == null && request.sourceVersion() != null
                ? LaunchSpec.NONE
                : LaunchSpecForm.read(Given.value(request.launchTemplateData(), DATA));
    }

    @Action(
            supports = {"LaunchTemplateId", "LaunchTemplateName", "Filter.*", "MaxResults", "NextToken"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeLaunchTemplatesResponse describeLaunchTemplates(Caller caller, DescribeLaunchTemplatesRequest request) {
        var query =
                Queries.of(request.launchTemplateIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = templates.describe(caller, query, request.launchTemplateNames());
        return DescribeLaunchTemplatesResponse.builder()
                .launchTemplates(
                        page.items().stream().map(LaunchTemplateForm::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Action(
            supports = {
                "LaunchTemplateId",
                "LaunchTemplateName",
                "LaunchTemplateVersion",
                "MinVersion",
                "MaxVersion",
                "Filter.*",
                "MaxResults",
                "NextToken"
            },
            accepts = {
                "IncludeManagedResources=false",
                "IncludeManagedResources=true",
                "ResolveAlias=false",
                "ResolveAlias=true"
            })
    DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(
            Caller caller, DescribeLaunchTemplateVersionsRequest request) {
        var all = request.launchTemplateId() == null && request.launchTemplateName() == null;
        var which = new LaunchTemplateVersions(
                all ? null : LaunchTemplateReader.read(request.launchTemplateId(), request.launchTemplateName()),
                request.versions(),
                number("MinVersion", request.minVersion()),
                number("MaxVersion", request.maxVersion()));
        var page = templates.describeVersions(
                caller, which, Queries.of(List.of(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(
                        page.items().stream().map(LaunchTemplateForm::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static @Nullable Long number(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Given.invalid(name, text);
        }
        return Long.valueOf(text);
    }

    @Action(supports = {"LaunchTemplateId", "LaunchTemplateName", "SetDefaultVersion", "ClientToken"})
    ModifyLaunchTemplateResponse modifyLaunchTemplate(Caller caller, ModifyLaunchTemplateRequest request) {
        var template = templates.setDefault(
                caller,
                LaunchTemplateReader.read(request.launchTemplateId(), request.launchTemplateName()),
                Given.value(request.defaultVersion(), "SetDefaultVersion"),
                request.clientToken());
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(LaunchTemplateForm.write(template))
                .build();
    }

    @Action(supports = {"LaunchTemplateId", "LaunchTemplateName"})
    DeleteLaunchTemplateResponse deleteLaunchTemplate(Caller caller, DeleteLaunchTemplateRequest request) {
        var template = templates.delete(
                caller, LaunchTemplateReader.read(request.launchTemplateId(), request.launchTemplateName()));
        return DeleteLaunchTemplateResponse.builder()
                .launchTemplate(LaunchTemplateForm.write(template))
                .build();
    }

    @Action(supports = {"LaunchTemplateId", "LaunchTemplateName", "LaunchTemplateVersion"})
    DeleteLaunchTemplateVersionsResponse deleteLaunchTemplateVersions(
            Caller caller, DeleteLaunchTemplateVersionsRequest request) {
        var versions = templates.deleteVersions(
                caller,
                LaunchTemplateReader.read(request.launchTemplateId(), request.launchTemplateName()),
                Given.list(request.versions(), "LaunchTemplateVersion"));
        return DeleteLaunchTemplateVersionsResponse.builder()
                .successfullyDeletedLaunchTemplateVersions(versions.stream()
                        .filter(v -> v.outcome() == Outcome.DELETED)
                        .map(LaunchTemplateForm::deleted)
                        .toList())
                .unsuccessfullyDeletedLaunchTemplateVersions(versions.stream()
                        .filter(v -> v.outcome() != Outcome.DELETED)
                        .map(LaunchTemplateForm::kept)
                        .toList())
                .build();
    }
}
